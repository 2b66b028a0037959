"""The folder that holds a demonstration: its database, its keys, and who is in it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

DATABASE = "helpline.sqlite3"
RECORD = "demo.json"
ROOT_PUBLIC = "root.public"
RELEASE = "release.json"
FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", RECORD, ROOT_PUBLIC, RELEASE, "secret-key", "storage-keys")


class NotADemoFolder(Exception):
    """The folder holds something else, or half a demonstration."""


@dataclass(frozen=True)
class DemoPerson:
    """How to get in as one of the staff; made up, and only ever good on this machine."""

    role: str
    email: str
    password: str
    totp_secret: str
    vault_passphrase: str | None
    key_holder: bool = False


@dataclass
class DemoRecord:
    """What the demonstration remembers of itself. The root's seed is here only because nothing real depends on it."""

    root_seed: str
    people: list[DemoPerson] = field(default_factory=list)
    inboxes: list[dict[str, str]] = field(default_factory=list)

    def public(self, site: str) -> dict[str, object]:
        """What `--json` prints."""
        return {
            "site": f"{site}/",
            "desk": f"{site}/desk/",
            "people": [{name: value for name, value in asdict(person).items() if name != "key_holder"} for person in self.people],
            "inboxes": self.inboxes,
        }


def clear_demo_folder(folder: Path) -> None:
    """Removes the demonstration's own files, and nothing else that may be there."""
    for name in FILES:
        (folder / name).unlink(missing_ok=True)


def load_demo_record(folder: Path) -> DemoRecord | None:
    """The record of the folder's demonstration; None when there is none yet.

    Raises:
        NotADemoFolder: a database without a record, or a record that cannot be read.
    """
    path = folder / RECORD
    if not path.exists():
        if (folder / DATABASE).exists():
            raise NotADemoFolder(f"{folder} holds a database but no demonstration. Name another folder, or start with --reset.")
        return None
    try:
        stored = json.loads(path.read_text())
        return DemoRecord(stored["root_seed"], [DemoPerson(**person) for person in stored["people"]], stored["inboxes"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotADemoFolder(f"{path} cannot be read ({error}). Start with --reset.") from error


def save_demo_record(folder: Path, record: DemoRecord) -> None:
    """Writes the record so that only the folder's owner may read it; whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{RECORD}.new"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(record), indent=1))
    draft.replace(folder / RECORD)
