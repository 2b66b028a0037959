"""Which epochs of some files count, what is wrong with a confirmation, and what a release names (PROTOCOL §2.15, §11.2)."""

from collections.abc import Iterable, Iterator, Mapping

from messaging.protocol.peer.errors import BadConfirmation, Malformed
from messaging.protocol.peer.findings import FileFinding
from messaging.protocol.peer.keys import Site
from messaging.protocol.wire import Certificate, Confirmation, Statement, is_confirmed, is_named
from messaging.protocol.wire.releases import Release


def verify_confirmations(
    site: Site, chain: Mapping[int, Statement], raws: list[bytes], certificates: Mapping[bytes, Certificate]
) -> Iterator[FileFinding]:
    """For each epoch of the chain whether it counts and by whose word; and each confirmation that does not hold."""
    parsed, broken = _parsed(raws)
    if broken:
        yield FileFinding(False, f"{broken} confirmations are of no known form.")
    before: Statement | None = None
    hashes = {statement.statement_hash for statement in chain.values()}
    for number, statement in sorted(chain.items()):
        mine = [each for each in parsed if each.statement_hash == statement.statement_hash]
        names = []
        for each in mine:
            try:
                confirmer = each.check(site.root, statement, certificates, before)
            except BadConfirmation as error:
                yield FileFinding(False, f"A confirmation of epoch {number} does not hold: {error}.")
            else:
                names.append(confirmer.display_name if confirmer else "the root")
        counts = is_confirmed(site.root, statement, mine, certificates, before)
        yield FileFinding(counts or not names, _said(number, names, counts=counts))
        before = statement if counts else before
    strange = len([each for each in parsed if each.statement_hash not in hashes])
    if strange:
        yield FileFinding(False, f"{strange} confirmations are of a statement that is not here, or does not hold.")


def verify_named(chain: Mapping[int, Statement], releases: Iterable[Release]) -> Iterator[FileFinding]:
    """Of each release that names an epoch, whether the chain goes on from it; nothing where there is no chain to look at."""
    for release in releases:
        if release.named is None or not chain:
            continue
        epoch = release.named.number
        if any(is_named(statement, release.named) for statement in chain.values()):
            yield FileFinding(True, f"The epochs go on from epoch {epoch}, which release {release.number} names.")
        else:
            yield FileFinding(False, f"The epochs do not go on from epoch {epoch}, which release {release.number} names as the newest.")


def _said(number: int, names: list[str], *, counts: bool) -> str:
    if not names:
        return (
            f"Epoch {number} needs no confirmation: one person is the desk."
            if counts
            else f"Epoch {number} is not confirmed, and opens nothing."
        )
    who = " and ".join(sorted(names))
    if counts:
        return f"Epoch {number} is confirmed by {who}."
    return f"Epoch {number} is confirmed by {who}, and does not count: its signer was left off the roster before."


def _parsed(raws: list[bytes]) -> tuple[list[Confirmation], int]:
    found = []
    for raw in raws:
        try:
            found.append(Confirmation.parse(raw))
        except Malformed:
            continue
    return found, len(raws) - len(found)
