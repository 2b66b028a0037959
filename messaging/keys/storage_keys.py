"""Storage keys: a file outside the database, under whose keys vault records lie in the database (docs/operate.md, "Storage keys").

Each line of the file is `USE DATE KEY`. One key is `current`: it encrypts and opens. `old` ones only open, and so does `next`, which waits
until it is brought into use. So every machine can have a key before the first record lies under it.
"""

import fcntl
import os
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

PLAIN_SIZE, SEALED_SIZE = 109, 228
MOST_OF_A_FILE = 65_536
HEAD = "# Storage keys of the helpline. Never keep a copy of this file with a copy of the database: docs/operate.md, “Storage keys”.\n"


class StorageKeysUnusable(Exception):
    """There is no file of storage keys, or it is none; the words say which file and why, and nothing of what stands in it."""


class NoStorageKeys(StorageKeysUnusable):
    """The file is not there."""


class LostRecord(Exception):
    """None of the keys opens the record."""


class WrongOrder(Exception):
    """The step needs another one before it; the words say which."""


class KeyUse(StrEnum):
    """What a storage key is for."""

    NEXT = "next"
    CURRENT = "current"
    OLD = "old"


@dataclass(frozen=True)
class StorageKey:
    """One key, with the day on which it was made."""

    use: KeyUse
    made_on: date
    secret: str = field(repr=False)


@dataclass(frozen=True)
class StorageKeys:
    """The keys of one reading of the file, of which exactly one is current."""

    keys: tuple[StorageKey, ...]

    @property
    def current(self) -> StorageKey:
        return next(key for key in self.keys if key.use == KeyUse.CURRENT)

    @property
    def next(self) -> StorageKey | None:
        return next((key for key in self.keys if key.use == KeyUse.NEXT), None)

    @cached_property
    def _fernets(self) -> list[tuple[StorageKey, Fernet]]:
        ordered = sorted(self.keys, key=lambda key: key.use != KeyUse.CURRENT)
        return [(key, Fernet(key.secret)) for key in ordered]

    def seal(self, record: bytes) -> bytes:
        """The record under the current key, in SEALED_SIZE bytes. The token's time says nothing: it is always the same."""
        return MultiFernet([fernet for _, fernet in self._fernets]).encrypt_at_time(record, 0)

    def open(self, stored: bytes) -> tuple[bytes, KeyUse]:
        """The record, and what the key that it lay under is for. Raises LostRecord."""
        for key, fernet in self._fernets:
            try:
                return fernet.decrypt(stored), key.use
            except InvalidToken:
                continue
        raise LostRecord


def is_sealed(stored: bytes) -> bool:
    """Whether it lies under a storage key, and not as its counsellor's browser made it."""
    return len(stored) != PLAIN_SIZE


def read_storage_keys(path: Path) -> StorageKeys:
    """The keys as they stand in the file now: nothing is remembered, so that every process sees a change at once.

    Raises:
        NoStorageKeys: there is no such file.
        StorageKeysUnusable: it cannot be read, or is no file of storage keys.
    """
    try:
        with path.open("rb") as opened:
            raw = opened.read(MOST_OF_A_FILE + 1)
    except FileNotFoundError:
        raise NoStorageKeys(f"There is no file of storage keys at {path}.") from None
    except OSError as error:
        raise StorageKeysUnusable(f"The storage keys in {path} cannot be read: {error.strerror}.") from None
    try:
        lines = [line.split(" ") for line in raw.decode("ascii", "ignore").splitlines() if line and not line.startswith("#")]
        keys = tuple(StorageKey(KeyUse(use), date.fromisoformat(made_on), _checked(secret)) for use, made_on, secret in lines)
        uses = [key.use for key in keys]
        if len(raw) > MOST_OF_A_FILE or uses.count(KeyUse.CURRENT) != 1 or uses.count(KeyUse.NEXT) > 1:
            raise ValueError
    except ValueError:
        raise StorageKeysUnusable(f"{path} is not a file of storage keys, or is damaged. Put a good copy in its place.") from None
    return StorageKeys(keys)


def _checked(secret: str) -> str:
    if len(urlsafe_b64decode(secret)) != 32:
        raise ValueError
    return secret


def add_storage_key(path: Path, *, made_on: date) -> StorageKeys:
    """A new key: current where there was none, else next.

    Raises:
        WrongOrder: one is waiting already.
        StorageKeysUnusable: the file is none.
        OSError: it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _changing(path):
        try:
            before = read_storage_keys(path).keys
        except NoStorageKeys:
            before = ()
        if any(key.use == KeyUse.NEXT for key in before):
            raise WrongOrder("A new key is waiting already. Bring it into use first: storage_keys rotate.")
        made = StorageKey(KeyUse.NEXT if before else KeyUse.CURRENT, made_on, Fernet.generate_key().decode())
        return _write(path, (*before, made))


def use_next_key(path: Path) -> StorageKeys:
    """Brings the next key into use where one is waiting; the current one is old then. Raises StorageKeysUnusable, OSError."""
    with _changing(path):
        found = read_storage_keys(path)
        if found.next is None:
            return found
        moved = {KeyUse.CURRENT: KeyUse.OLD, KeyUse.NEXT: KeyUse.CURRENT, KeyUse.OLD: KeyUse.OLD}
        return _write(path, tuple(replace(key, use=moved[key.use]) for key in found.keys))


def drop_storage_keys(path: Path, gone: frozenset[StorageKey]) -> StorageKeys:
    """The file without these old keys, which nobody can bring back from it. Raises StorageKeysUnusable, OSError."""
    with _changing(path):
        found = read_storage_keys(path)
        return _write(path, tuple(key for key in found.keys if key.use != KeyUse.OLD or key not in gone))


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Of two who change the file, one waits. A reader never waits: it is replaced whole."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(path: Path, keys: tuple[StorageKey, ...]) -> StorageKeys:
    lines = "".join(f"{key.use} {key.made_on.isoformat()} {key.secret}\n" for key in keys)
    owner = (path if path.exists() else path.parent).stat()
    draft = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        if os.geteuid() == 0:  # The service, which is someone else, has to read it.
            os.fchown(opened.fileno(), owner.st_uid, owner.st_gid)
        opened.write(HEAD + lines)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(path)
    return StorageKeys(keys)
