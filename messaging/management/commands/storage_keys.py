"""`manage.py storage_keys`: the keys under which counsellors' vaults lie in the database (docs/operate.md, "Storage keys")."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from helpline.clock import now
from messaging.keys.storage_keys import KeyUse, StorageKeysUnusable, WrongOrder, add_storage_key, read_storage_keys
from messaging.keys.storage_rotation import MissingSheets, destroy_old_keys, rotate_storage, storage_warnings
from messaging.keys.stored_vaults import StoredVaults, count_stored

LOST = "Vault records that no storage key here opens: {}. Their counsellors use the recovery sheet on the page “Vault”."


class Command(BaseCommand):
    """Each step may be done while the service runs, and again after it was stopped."""

    help = "Makes, changes and destroys the keys under which vaults are stored: new, then rotate, then destroy. status changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar="status|new|rotate|destroy")
        parts.add_parser("status", help="Says which keys there are, and how many vault records each of them holds.")
        parts.add_parser("new", help="Makes a key: the first one, or the next one, which is used after the next rotate.")
        parts.add_parser("rotate", help="Brings the next key into use, and every vault record under it.")
        destroy = parts.add_parser("destroy", help="Destroys the old keys, when no vault record needs them.")
        destroy.add_argument(
            "--without-sheets",
            action="store_true",
            help="destroy them although a counsellor has no recovery sheet: after a restore of an earlier dump, their keys would be lost",
        )

    def handle(self, *, part: str, without_sheets: bool = False, **_: Any) -> None:
        if (path := settings.STORAGE_KEYS_FILE) is None:
            raise CommandError("Set HELPLINE_STORAGE_KEYS_FILE in the environment. .env.example says what it means.")
        try:
            if part == "destroy":
                self.destroy(path, without_sheets=without_sheets)
            else:
                getattr(self, part)(path)
        except (StorageKeysUnusable, WrongOrder) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} could not be written ({error.strerror}). Nothing was changed.") from error

    def status(self, path: Path) -> None:
        keys = read_storage_keys(path)
        stored = count_stored(keys)
        for key in sorted(keys.keys, key=lambda each: each.made_on):
            self.stdout.write(f"{key.use}: made on {key.made_on.isoformat()}")
        self.stdout.write(_how(stored))
        for sentence in storage_warnings(path, at=now()):
            self.stdout.write(sentence)

    def new(self, path: Path) -> None:
        keys = add_storage_key(path, made_on=now().date())
        self.stdout.write(f"A new storage key is in {path}.")
        if keys.next is None:
            if lost := count_stored(keys).lost:
                self.stdout.write(LOST.format(lost))
            self.stdout.write("Vaults are stored under it from now on. To encrypt those that are there already, run: storage_keys rotate.")
            return
        self.stdout.write("It is not in use yet. If the service runs on several machines, copy the file to each of them now.")
        self.stdout.write("Then run: storage_keys rotate.")

    def rotate(self, path: Path) -> None:
        done = rotate_storage(path)
        self.stdout.write(f"Vault records that were brought under the current storage key: {done.changed}.")
        self.stdout.write(_how(done.stored))
        if done.stored.lost:
            self.stdout.write(LOST.format(done.stored.lost))
        if done.stored.movable:
            raise CommandError("Something was stored under another key at the same time. Run this again.")
        if any(key.use == KeyUse.OLD for key in done.keys.keys):
            self.stdout.write("Old keys are still in the file. Make a backup, then destroy them: storage_keys destroy.")

    def destroy(self, path: Path, *, without_sheets: bool) -> None:
        try:
            gone = destroy_old_keys(path, without_sheets=without_sheets)
        except MissingSheets as missing:
            raise CommandError(
                f"Nothing was destroyed. No recovery sheet on paper: {', '.join(missing.names)}. If a dump from before the rotation is "
                "ever restored, these counsellors lose their keys. Ask them to make a sheet on the page “Vault”, or add --without-sheets."
            ) from missing
        self.stdout.write(f"Old storage keys destroyed: {gone}. Dumps from before the rotation open no vault any longer.")
        self.stdout.write("Destroy every copy of the earlier file too. Until then, anyone who has one can still use it.")


def _how(stored: StoredVaults) -> str:
    under: Counter[KeyUse] = stored.under
    held = ", ".join(f"{use} {under[use]}" for use in (KeyUse.CURRENT, KeyUse.OLD, KeyUse.NEXT) if under[use] or use == KeyUse.CURRENT)
    return f"Vault records by their key: {held}. Not encrypted: {stored.plain}. Without a key here: {stored.lost}."
