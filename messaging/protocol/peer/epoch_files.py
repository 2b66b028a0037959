"""`keys epoch`: the first desk epoch or the next one, from files and into a file (PROTOCOL §2.6, §2.7, §8.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from messaging.protocol.peer.certificates import check_certificate
from messaging.protocol.peer.desk import new_epoch_body
from messaging.protocol.peer.epochs import check_chain, new_epoch, open_grant
from messaging.protocol.peer.errors import BadGrant, ProtocolError
from messaging.protocol.peer.json_files import CandidatesFile, EpochFile, ServerStateFile, epoch_text
from messaging.protocol.peer.key_files import BadFile, Content, read_expected_file, read_key_file, read_vault_record, write_new_file
from messaging.protocol.peer.keys import Counsellor, Site, is_own_certificate
from messaging.protocol.peer.offline import Ask, refuse_existing_file, root_in_file
from messaging.protocol.peer.showing import show_day
from messaging.protocol.peer.vault import open_vault
from messaging.protocol.wire import Certificate, Confirmation, Statement, confirmed_statements


@dataclass(frozen=True)
class EpochFiles:
    """What `keys epoch` reads and writes; vault and certificate may come from the server's answer instead."""

    root_public: str
    vault: Path | None
    certificate: Path | None
    certificates: list[Path]
    previous: list[Path]
    known: list[Path]
    from_server: Path | None
    out: Path


@dataclass(frozen=True)
class MadeEpoch:
    """What `keys epoch` says in the end."""

    number: int
    days: str
    names: list[str]
    remarks: list[str]


@dataclass(frozen=True)
class Opener:
    """The key-holder, and what stands before the new epoch as far as they know; certificates are checked, the rest is not yet."""

    own: Certificate
    vault: Path
    record: str
    statements: list[Statement]
    confirmations: list[bytes]
    grants: list[tuple[bytes, int, bytes]]
    known: list[Certificate]


def write_epoch_files(files: EpochFiles, *, first_day: int | None, today: int, days: int, passphrase: Ask) -> MadeEpoch:
    """Writes statement and grants of the first or next epoch.

    Raises:
        BadFile; BadCertificate, BadStatement, BadDates: what does not hold; BadVault: the passphrase.
    """
    refuse_existing_file(files.out)
    site = root_in_file(files.root_public)
    opener = _from_server(site, files, files.from_server) if files.from_server else _from_files(site, files)
    people = {each.certificate_id: each for path in files.certificates for each in _certificates(site, path)}
    known = {each.certificate_id: each for each in [opener.own, *people.values(), *opener.known]}
    try:
        chain = list(check_chain(site, [each.raw for each in opener.statements], known))
    except ProtocolError as error:
        raise BadFile(f"The epochs before do not hold together, in the order given: {error}.") from error
    last = chain[-1] if chain else None
    confirmed = confirmed_statements(site.root, chain, opener.confirmations, known)
    standing = confirmed[-1] if confirmed else None
    first = first_day if first_day is not None else max(today, last.first_day if last else today)
    keys = _unlocked(site, opener, passphrase)
    earlier = _seeds(site, keys, opener)
    raw, grants = new_epoch(site, keys, opener.own, people.values(), last, standing=standing, first_day=first, days=days, earlier=earlier)
    write_new_file(files.out, epoch_text(new_epoch_body(raw, grants)))
    made = Statement.parse(raw)
    return MadeEpoch(
        made.number,
        f"{show_day(made.first_day)} to {show_day(made.last_day)}",
        sorted(each.display_name for each in people.values()),
        _remarks(chain, standing, people, earlier),
    )


def _remarks(
    chain: list[Statement], standing: Statement | None, people: Mapping[bytes, Certificate], earlier: Mapping[int, bytes]
) -> list[str]:
    """What the key-holder who opened the epoch might not have meant."""
    if not chain:
        return []
    before = (standing or chain[-1]).roster
    newcomers = sorted(people[each].display_name for each in people if each not in before)
    lacking = sorted({each.number for each in chain} - set(earlier))
    remarks = [f"New on it: {', '.join(newcomers)}."] if newcomers else []
    if newcomers and lacking:
        remarks.append(f"They are not granted epochs {', '.join(map(str, lacking))}: the files given have no grant of those for you.")
    if gone := len([each for each in before if each not in people]):
        remarks.append(f"{gone} on the roster before {'is' if gone == 1 else 'are'} not on this one.")
    if chain[0].number > 1:
        remarks.append("The statements before the first one given were not checked.")
    return remarks


def _from_files(site: Site, files: EpochFiles) -> Opener:
    if files.vault is None or files.certificate is None:
        raise BadFile("Name the key-holder's --vault and --certificate, or --from-server with a file that has both.")
    own = _certificate(site, files.certificate)
    contents = [(path, read_key_file(path)) for path in files.previous]
    confirmations = [content.raw for _, found in contents for content in found if isinstance(content, Confirmation)]
    before = [_previous(path, found) for path, found in contents if not any(isinstance(content, Confirmation) for content in found)]
    grants = [grant for each in before for grant in each.grants if grant[0] == own.certificate_id]
    known = [each for path in files.known for each in _certificates(site, path)]
    return Opener(own, files.vault, read_vault_record(files.vault), [each.statement for each in before], confirmations, grants, known)


def _from_server(site: Site, files: EpochFiles, path: Path) -> Opener:
    """Everything as the server has it; a vault or certificate in a file of its own stands in for the server's."""
    if files.previous or files.known:
        raise BadFile("--from-server brings all epochs before and their signers' certificates: leave out --previous and --known.")
    state = read_expected_file(path, ServerStateFile, "what a browser saved of the desk's answer “me”")
    own = _certificate(site, files.certificate) if files.certificate else state.certificate
    if own is None:
        raise BadFile(
            f"{path} has no certificate: the root has not signed this counsellor's request, or nobody has brought it to the desk."
        )
    known = [_checked(site, path, each) for each in state.certificates]
    # The server's grants are for the certificate that it names, which a newer one may be about to follow.
    grants = [grant for grant in state.grants if state.certificate and grant[0] == state.certificate.certificate_id]
    vault = files.vault or path
    return Opener(_checked(site, path, own), vault, read_vault_record(vault), state.statements, state.confirmations, grants, known)


def _checked(site: Site, path: Path, certificate: Certificate) -> Certificate:
    try:
        return check_certificate(site, certificate.raw)
    except ProtocolError as error:
        raise BadFile(f"{path}: the certificate of {certificate.display_name} does not hold: {error}.") from error


def _certificate(site: Site, path: Path) -> Certificate:
    return _checked(site, path, read_expected_file(path, Certificate, "a certificate"))


def _certificates(site: Site, path: Path) -> list[Certificate]:
    """One, or all that a browser saved as candidates; raises BadFile."""
    for content in read_key_file(path):
        if isinstance(content, CandidatesFile):
            return [_checked(site, path, each) for each in content.certificates]
    return [_certificate(site, path)]


def _previous(path: Path, contents: list[Content]) -> EpochFile:
    """An epoch, or a statement alone; raises BadFile."""
    for content in contents:
        if isinstance(content, EpochFile):
            return content
        if isinstance(content, Statement):
            return EpochFile(content, [])
    raise BadFile(f"{path} is neither a statement, an epoch nor a confirmation.")


def _unlocked(site: Site, opener: Opener, ask: Ask) -> Counsellor:
    """The vault's keys, which must be the certificate's. Raises BadFile, BadVault."""
    keys = open_vault(site, opener.own.counsellor_id, opener.record, {"passphrase": ask()})
    if not is_own_certificate(keys, opener.own):
        raise BadFile(f"The vault in {opener.vault} is not that of {opener.own.display_name}'s certificate.")
    return keys


def _seeds(site: Site, keys: Counsellor, opener: Opener) -> Mapping[int, bytes]:
    """The seeds that the key-holder can open in what stands before; raises BadFile for an epoch of which no grant is what it says."""
    statements = {each.number: each for each in opener.statements}
    seeds: dict[int, bytes] = {}
    refused: dict[int, BadGrant] = {}
    for certificate_id, number, wrapped in opener.grants:
        if number in statements and number not in seeds:
            try:
                seeds[number] = open_grant(site, keys, certificate_id, statements[number], wrapped)
            except BadGrant as error:
                refused[number] = error
    for number, why in refused.items():
        if number not in seeds:
            raise BadFile(f"Your grant of epoch {number} does not open: {why}.") from why
    return seeds
