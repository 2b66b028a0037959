"""From figures to words: how vaults are stored, and whose keys hang on a passphrase alone. PURE."""

from collections.abc import Iterator

from messaging.monitoring.status import StatusFinding, StorageStanding, status_state

STORAGE_KEY_OLD = 90  # Days.
READ = "docs/operate.md, “Storage keys”."


def storage_findings(storage: StorageStanding) -> Iterator[StatusFinding]:
    """The vaults under their storage key, then the recovery sheets."""
    missing = storage.is_set and storage.days is None
    old = storage.days is not None and storage.days > STORAGE_KEY_OLD
    yield StatusFinding(
        "storage-key-missing",
        "Storage of vaults",
        status_state(not storage.is_set or storage.movable > 0 or old, missing or storage.lost > 0),
        *_words(storage, missing, old),
    )
    yield StatusFinding(
        "",
        "Recovery sheets",
        status_state(storage.no_sheet > 0, False),
        f"Counsellors without a recovery sheet on paper: {storage.no_sheet}."
        if storage.no_sheet
        else "Every counsellor with a vault has a recovery sheet on paper.",
        "The page “Keys” says who they are. Ask them to make one on the page “Vault”. Without it, a lost passphrase or a lost storage key "
        "costs them their keys."
        if storage.no_sheet
        else "",
    )


def _words(storage: StorageStanding, missing: bool, old: bool) -> tuple[str, str]:
    """What it says, and what to do."""
    ask = f"Ask the people who run the server: {READ}"
    if storage.lost:
        says = f"Vault records that the server has no storage key for: {storage.lost}. They cannot be opened."
        return says, f"{ask} Counsellors whose vault does not open use their recovery sheet on the page “Vault”."
    if missing:
        return "The server has no storage key that it can use, so nobody can make or change a vault.", ask
    if not storage.is_set:
        return "Vaults are stored without a storage key: a stolen backup holds them as they are.", f"{ask} Set HELPLINE_STORAGE_KEYS_FILE."
    if storage.movable:
        return f"Vault records that are not under the current storage key: {storage.movable}.", f"{ask} They run “storage_keys rotate”."
    age = "1 day" if storage.days == 1 else f"{storage.days} days"
    says = f"Every vault record is under the current storage key, which is {age} old."
    return says, f"{ask} They run “storage_keys new”, then “rotate”, then “destroy”." if old else ""
