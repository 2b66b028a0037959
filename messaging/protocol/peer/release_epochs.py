"""Which desk epoch a release names, and what its keepers are shown of it before they sign (PROTOCOL §11.2)."""

from dataclasses import dataclass
from pathlib import Path

from messaging.protocol.peer.certificates import valid_certificates
from messaging.protocol.peer.epochs import check_chain
from messaging.protocol.peer.errors import ProtocolError
from messaging.protocol.peer.json_files import InstallationFile, ServerStateFile
from messaging.protocol.peer.key_files import BadFile, read_key_file
from messaging.protocol.peer.keys import Site
from messaging.protocol.peer.showing import show_day
from messaging.protocol.wire import Certificate, Confirmation, NamedStatement, Statement, confirmed_statements, is_named

NONE = "It names no epoch: none has been opened and confirmed yet. Sign the next release once there is one."


@dataclass(frozen=True)
class NewestEpoch:
    """The statement, None where no epoch counts yet, and the lines for people."""

    named: NamedStatement | None
    lines: list[str]


def newest_epoch(site: Site, path: Path | None, today: int, before: NamedStatement | None, *, new_chain: bool) -> NewestEpoch:
    """The newest epoch that counts and has begun, of what the desk told in a file; `before` is what the release before named.

    Raises:
        BadFile: another file, a chain that does not hold or does not begin with number 1, or one that does not have what was named
            before, unless the keepers say that it is a `new_chain`.
    """
    if path is None:
        _demand_before(None, before, [], new_chain=new_chain)
        return NewestEpoch(None, [NONE])
    statements, confirmations, given = _told(path)
    certificates = valid_certificates(site, [each.raw for each in given])
    try:
        chain = list(check_chain(site, [each.raw for each in statements], certificates))
    except ProtocolError as error:
        raise BadFile(f"The epochs in {path} do not hold together: {error}.") from error
    if chain and chain[0].number != 1:
        raise BadFile(f"The epochs in {path} do not begin with number 1.")
    counting = confirmed_statements(site.root, chain, confirmations, certificates)
    newest = next((each for each in reversed(counting) if each.first_day <= today), None)
    _demand_before(path, before, chain, new_chain=new_chain)
    if newest is None:
        return NewestEpoch(None, [NONE])
    return NewestEpoch(NamedStatement.of(newest), _lines(site, newest, counting, confirmations, certificates))


def _told(path: Path) -> tuple[list[Statement], list[bytes], list[Certificate]]:
    for content in read_key_file(path):
        if isinstance(content, InstallationFile):
            return content.statements, content.confirmations, content.certificates
        if isinstance(content, ServerStateFile):
            return content.statements, content.confirmations, [*content.certificates, *filter(None, [content.certificate])]
    raise BadFile(f"{path} has not the desk's whole chain: take key-statements.json from its page “Keys”.")


def _demand_before(path: Path | None, before: NamedStatement | None, chain: list[Statement], *, new_chain: bool) -> None:
    if before is None or new_chain or any(is_named(each, before) for each in chain):
        return
    where = f"The epochs in {path} do" if path else "Without epochs this release does"
    raise BadFile(
        f"{where} not have epoch {before.number} as the release before names it. Somebody may have put another chain there: ask the desk. "
        "Where a dump was brought back that is older than that epoch, and you know of it, give --new-chain."
    )


def _lines(
    site: Site, newest: Statement, counting: list[Statement], confirmations: list[bytes], certificates: dict[bytes, Certificate]
) -> list[str]:
    def names(ids: list[bytes]) -> str:
        return ", ".join(sorted(certificates[each].display_name if each in certificates else "someone unknown" for each in ids))

    standing = next((each for each in reversed(counting) if each.number < newest.number), None)
    by = []
    for raw in confirmations:
        try:
            who = Confirmation.parse(raw).check(site.root, newest, certificates, standing)
        except ProtocolError:
            continue
        by.append(who.display_name if who else "the root")
    confirmed = f"confirmed by {' and '.join(sorted(by))}" if by else "which one person alone may do here"
    return [
        f"It names epoch {newest.number}, of {show_day(newest.first_day)} to {show_day(newest.last_day)}, the newest that has begun.",
        f"Opened by {names([newest.signer])}, {confirmed}.",
        f"Who can read since then: {names(list(newest.roster))}.",
        "From now on no page takes a desk whose epochs do not go on from this one.",
    ]
