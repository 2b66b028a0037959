"""`keys confirm`: the root's keepers confirm an epoch that nobody at the desk can, or will (PROTOCOL §2.15)."""

from dataclasses import dataclass
from pathlib import Path

from messaging.protocol.encoding import encode
from messaging.protocol.peer.certificates import valid_certificates
from messaging.protocol.peer.confirming import EpochChanges, epoch_changes, make_root_confirmation
from messaging.protocol.peer.epochs import check_chain
from messaging.protocol.peer.errors import ProtocolError
from messaging.protocol.peer.json_files import InstallationFile
from messaging.protocol.peer.key_files import BadFile, RootKeyFile, read_expected_file, write_new_file
from messaging.protocol.peer.keys import Site, open_site
from messaging.protocol.peer.offline import ORIGIN, Ask, refuse_existing_file
from messaging.protocol.peer.root_key import open_root_key
from messaging.protocol.peer.showing import show_day
from messaging.protocol.wire import Statement, confirmed_statements


@dataclass(frozen=True)
class AskedToConfirm:
    """The statement, and what its keepers are shown before they sign."""

    site: Site
    statement: Statement
    lines: list[str]


def read_to_confirm(root: Path, export: Path, number: int | None) -> AskedToConfirm:
    """The newest epoch of an installation's export, or the one of this number, with its lines for people. Raises BadFile."""
    site = open_site(read_expected_file(root, RootKeyFile, "a root key file").public, ORIGIN)
    found = read_expected_file(export, InstallationFile, "an installation's export of its key statements")
    certificates = valid_certificates(site, [each.raw for each in found.certificates])
    try:
        chain = list(check_chain(site, [each.raw for each in found.statements], certificates))
    except ProtocolError as error:
        raise BadFile(f"The epochs in {export} do not hold together: {error}.") from error
    statement = next((each for each in reversed(chain) if number in (None, each.number)), None)
    if statement is None:
        raise BadFile(f"{export} has no epoch {number}." if number else f"{export} has no epoch.")
    confirmed = confirmed_statements(site.root, chain, found.confirmations, certificates)
    if statement in confirmed:
        raise BadFile(f"Epoch {statement.number} is confirmed already.")
    if confirmed and confirmed[-1].number > statement.number:
        raise BadFile(f"Epoch {confirmed[-1].number}, a later one, is confirmed already.")
    before = confirmed[-1] if confirmed else None
    return AskedToConfirm(site, statement, _lines(statement, epoch_changes(statement, before, certificates), before))


def confirm_as_root(root: Path, asked: AskedToConfirm, out: Path, ask: Ask) -> None:
    """Writes the confirmation. Raises BadFile; BadVault for a wrong passphrase."""
    refuse_existing_file(out)
    file = read_expected_file(root, RootKeyFile, "a root key file")
    write_new_file(out, encode(make_root_confirmation(open_root_key(file.text, ask()), asked.site, asked.statement)))


def _lines(statement: Statement, changes: EpochChanges, before: Statement | None) -> list[str]:
    groups = {
        "New on it": changes.came,
        "No longer on it": changes.went,
        "Still on it": changes.stayed,
        "Still on it, with other keys": changes.new_keys,
    }
    return [
        f"Epoch {statement.number}, opened by {changes.opened_by}: {show_day(statement.first_day)} to {show_day(statement.last_day)}.",
        f"It would follow epoch {before.number}, the newest that is confirmed." if before else "It would be the first that is confirmed.",
        *(f"{what}: {', '.join(names)}." for what, names in groups.items() if names),
    ]
