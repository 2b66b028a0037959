"""Storage keys are changed: every vault record is brought under the newest, and old keys are destroyed when nothing needs them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from messaging.keys.storage_keys import KeyUse, StorageKeys, WrongOrder, drop_storage_keys, read_storage_keys, use_next_key
from messaging.keys.stored_vaults import StoredVaults, count_stored, renew_stored, usable_storage_keys
from messaging.models import DeskMember

BATCH = 20
OLD_AFTER_DAYS = 90


class MissingSheets(Exception):
    """These counsellors have no recovery sheet; their names are the arguments."""

    @property
    def names(self) -> list[str]:
        return list(self.args)


@dataclass(frozen=True)
class Rotated:
    """What one rotation did: the keys after it, how many records it brought under the current one, and how all of them lie now."""

    keys: StorageKeys
    changed: int
    stored: StoredVaults


def rotate_storage(path: Path) -> Rotated:
    """Brings a waiting key into use, then every record under the current key, some counsellors at a time.

    Stopped at any moment and done again, it goes on where it was: what is changed stays, and the rest lies under keys that still open.

    Raises:
        StorageKeysUnusable: there is no file of storage keys, or it is none.
        OSError: the file cannot be written.
    """
    keys = use_next_key(path)
    members = list(DeskMember.objects.order_by("pk").values_list("pk", flat=True))
    changed = sum(renew_stored(keys, members[first : first + BATCH]) for first in range(0, len(members), BATCH))
    return Rotated(keys, changed, count_stored(keys))


def destroy_old_keys(path: Path, *, without_sheets: bool = False) -> int:
    """Takes the old keys out of the file, and says how many: whatever still lies under them anywhere never opens again.

    Raises:
        WrongOrder: there is none, or a record of this database would need it, or has yet to be encrypted.
        MissingSheets: a counsellor with a vault has no recovery sheet on paper, unless it is said that this is meant.
        StorageKeysUnusable, OSError: as for `rotate_storage`.
    """
    keys = read_storage_keys(path)
    old = frozenset(key for key in keys.keys if key.use == KeyUse.OLD)
    if not old:
        raise WrongOrder("There is no old storage key.")
    with transaction.atomic():
        # Who stored something under a key that was current until now has finished when all of these can be had.
        list(DeskMember.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        movable = count_stored(keys).movable
    if movable:
        raise WrongOrder(f"Vault records that are not under the current key: {movable}. Run this first: storage_keys rotate.")
    if (names := counsellors_without_sheet()) and not without_sheets:
        raise MissingSheets(*names)
    drop_storage_keys(path, old)
    return len(old)


def counsellors_without_sheet() -> list[str]:
    """The names of those who have a vault and have not said that its recovery sheet is on paper; one query."""
    rows = DeskMember.objects.filter(vaults__isnull=False).exclude(request__sheet_made_on__isnull=False)
    return list(rows.order_by("counsellor__display_name").values_list("counsellor__display_name", flat=True).distinct())


def storage_warnings(path: Path | None, *, at: datetime) -> list[str]:
    """What is wrong with the storage keys, or would be with the next mishap; sentences for people, in two queries."""
    keys, found = usable_storage_keys(), []
    stored = count_stored(keys)
    if path is None:
        found.append("No file of storage keys is set: a stolen copy of the database has the vaults as they are.")
    elif keys is None:
        found.append(f"The file of storage keys cannot be used: {path}. docs/operate.md, “Storage keys”, says what to do.")
    elif (days := (at.date() - keys.current.made_on).days) > OLD_AFTER_DAYS:
        found.append(f"The storage key is {days} days old. Make a new one: storage_keys new, then rotate, then destroy.")
    if stored.lost:
        found.append(
            f"Vault records that the server has no storage key for: {stored.lost}. Their counsellors need the recovery sheet on the page "
            "“Vault”, or the file of storage keys must come back."
        )
    if keys is not None and stored.movable:
        found.append(f"Vault records that are not under the current storage key: {stored.movable}. Run: storage_keys rotate.")
    if names := counsellors_without_sheet():
        found.append(f"No recovery sheet on paper: {', '.join(names)}. A lost passphrase or storage key would cost them their keys.")
    return found
