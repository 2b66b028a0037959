"""Vault records as they lie in the database: under the storage keys of a file that no dump has (docs/operate.md, "Storage keys")."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from messaging.http.problems import Problem
from messaging.keys.storage_keys import (
    KeyUse,
    LostRecord,
    NoStorageKeys,
    StorageKeys,
    StorageKeysUnusable,
    add_storage_key,
    is_sealed,
    read_storage_keys,
)
from messaging.models import DeskMember, ForgottenRecord, Vault

LOCKED = "The server lacks its storage key, so nothing was changed. Tell the people who run it: docs/operate.md, “Storage keys”."


def seal_record(record: bytes) -> bytes:
    """The record as it is to be stored; itself, where the installation has set no file of storage keys.

    It is called with the counsellor's row locked, so that a rotation afterwards finds what was made under the key before.

    Raises:
        Problem: unavailable, where a file is set and cannot be used: nothing is stored in the clear that should not be.
    """
    if settings.STORAGE_KEYS_FILE is None:
        return record
    try:
        return read_storage_keys(settings.STORAGE_KEYS_FILE).seal(record)
    except StorageKeysUnusable as error:
        raise Problem("unavailable", LOCKED) from error


def open_records(stored: Sequence[bytes]) -> list[bytes | None]:
    """The records as their browsers made them; None for each that no storage key of this server opens."""
    keys = usable_storage_keys() if any(is_sealed(each) for each in stored) else None
    return [_opened(each, keys)[0] for each in stored]


def usable_storage_keys() -> StorageKeys | None:
    """The storage keys, or None while there are none that can be used; the status page says why."""
    try:
        return read_storage_keys(settings.STORAGE_KEYS_FILE) if settings.STORAGE_KEYS_FILE is not None else None
    except StorageKeysUnusable:
        return None


def _opened(stored: bytes, keys: StorageKeys | None) -> tuple[bytes | None, KeyUse | None]:
    if not is_sealed(stored):
        return stored, None
    try:
        return keys.open(stored) if keys is not None else (None, None)
    except LostRecord:
        return None, None


@dataclass(frozen=True)
class StoredVaults:
    """How many records lie how: unencrypted; under the key of each use; under none that is here."""

    plain: int
    lost: int
    under: Counter[KeyUse]

    @property
    def movable(self) -> int:
        """Those that the current key should hold and does not."""
        return self.plain + self.under[KeyUse.OLD] + self.under[KeyUse.NEXT]


def _all_stored() -> Iterable[bytes]:
    """Every record, also of vaults that were deleted and can still come back, in one query."""
    deleted = ForgottenRecord.objects.order_by().values_list("record", flat=True)
    return Vault.objects.order_by().values_list("record", flat=True).union(deleted, all=True).order_by()


def count_stored(keys: StorageKeys | None) -> StoredVaults:
    """How every record lies, in one query; each is opened to see it."""
    plain = lost = 0
    under: Counter[KeyUse] = Counter()
    for stored in _all_stored():
        record, use = _opened(stored, keys)
        plain, lost = plain + (not is_sealed(stored)), lost + (record is None)
        under.update([use] if use else [])
    return StoredVaults(plain, lost, under)


def renew_stored(keys: StorageKeys, member_ids: Sequence[int]) -> int:
    """Brings these counsellors' records under the current key, in one transaction, and says how many it changed.

    What no key opens stays as it is. It may be stopped at any moment and done again, also while counsellors change what opens their vaults.
    """
    with transaction.atomic():
        list(DeskMember.objects.select_for_update(no_key=True).filter(pk__in=member_ids).order_by("pk").values_list("pk"))
        changed = 0
        for rows in (Vault.objects.filter(member__in=member_ids), ForgottenRecord.objects.filter(of__member__in=member_ids)):
            for row in rows.order_by("pk"):
                record, use = _opened(row.record, keys)
                if record is not None and use != KeyUse.CURRENT:
                    changed += type(row)._default_manager.filter(pk=row.pk, record=row.record).update(record=keys.seal(record))  # noqa: SLF001 - documented
        return changed


def ensure_storage_key(*, at: datetime) -> str:
    """Makes the first storage key where a file is set and not there yet; a sentence where someone must act, else "".

    It makes none while a record lies under a key that is not here: the file may be on another disk, and a new one would hide that.
    """
    path = settings.STORAGE_KEYS_FILE
    if path is None:
        return ""  # `check --deploy` and the status page say what that means.
    try:
        read_storage_keys(path)
    except NoStorageKeys as missing:
        if any(is_sealed(each) for each in _all_stored()):
            return f"{missing} Counsellors cannot open their vaults. docs/operate.md, “Storage keys”, says what to do."
        try:
            add_storage_key(path, made_on=at.date())
        except OSError as error:
            return f"No storage key could be made in {path}: {error.strerror}. docs/operate.md, “Storage keys”, says what to do."
    except StorageKeysUnusable as unusable:
        return f"{unusable} Counsellors cannot open their vaults."
    return ""
