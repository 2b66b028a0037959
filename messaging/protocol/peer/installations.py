"""Whether an installation's whole export is complete: nothing is missing, and who was withdrawn has no newest key (PROTOCOL §2.12)."""

from collections.abc import Iterator

from messaging.protocol.peer.findings import FileFinding
from messaging.protocol.peer.json_files import InstallationFile


def verify_installation(export: InstallationFile) -> Iterator[FileFinding]:
    """What can be said beyond each certificate and the chain, which are checked as any others are."""
    numbers = [statement.number for statement in export.statements]
    whole = numbers == list(range(1, len(numbers) + 1))
    yield FileFinding(whole, "The epochs run from 1 without a gap." if whole else "An epoch is missing, comes twice or is out of order.")
    names = {certificate.certificate_id: certificate.display_name for certificate in export.certificates}
    for statement in export.statements:
        unknown = [each for each in statement.roster if each not in names]
        missing = [names.get(each, "?") for each in statement.roster if (statement.number, each) not in export.grants]
        if unknown:
            yield FileFinding(False, f"Epoch {statement.number}: {len(unknown)} on the roster have no certificate in the export.")
        if len(missing) == len(statement.roster) and statement.last_day < export.made_on:
            text = f"Epoch {statement.number}: all its grants are deleted, as is done when nothing that was sealed for it is kept."
            yield FileFinding(True, text)
        elif missing:
            yield FileFinding(False, f"Epoch {statement.number}: on the roster without a grant: {', '.join(sorted(missing))}.")
        later = sorted(
            names.get(each, "?") for number, each in export.grants if number == statement.number and each not in statement.roster
        )
        if later:
            yield FileFinding(True, f"Epoch {statement.number} was also granted later to: {', '.join(later)}.")
    strangers = [each for number, each in export.grants if each not in names or number not in numbers]
    if strangers:
        yield FileFinding(False, f"{len(strangers)} grants are of an epoch, or for a certificate, that is not in the export.")
    if export.statements:
        newest = export.statements[-1]
        gone = sorted(names.get(each, "?") for each in newest.roster if each in export.withdrawn)
        yield FileFinding(
            not gone,
            f"Epoch {newest.number} is sealed for someone whose certificate is withdrawn: {', '.join(gone)}. Open a new epoch."
            if gone
            else f"Nobody whose certificate is withdrawn is on the roster of epoch {newest.number}, the newest.",
        )
