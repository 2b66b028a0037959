"""The parts of `manage.py keys` that open a desk epoch, and with which the root's keepers confirm one (PROTOCOL §2.6, §2.15)."""

import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from helpline.clock import now
from messaging.management.commands._parts import Parts
from messaging.protocol.days import day_of
from messaging.protocol.peer import root_confirming
from messaging.protocol.peer.epoch_files import EpochFiles, write_epoch_files


class EpochParts:
    """Mixed into the command, which asks for passphrases and speaks."""

    stdout: OutputWrapper
    say: Callable[..., None]
    passphrase: Callable[[Path | None, str], str]

    def add_epoch_parts(self, parts: Parts) -> None:
        epoch = parts.add("epoch", "Opens the first desk epoch, or the next one: a statement and grants for those who are certified.")
        parts.root_public(epoch)
        epoch.add_argument("--vault", type=Path, metavar="FILE", help="the key-holder's vault record, closed with a passphrase")
        epoch.add_argument("--certificate", type=Path, metavar="FILE", help="the key-holder's certificate")
        epoch.add_argument(
            "--certificates",
            type=Path,
            nargs="+",
            required=True,
            metavar="FILE",
            help="of everyone who should read from now on, or candidates.json",
        )
        epoch.add_argument(
            "--from-server",
            type=Path,
            metavar="FILE",
            help="me.json, with your vault, your certificate and all earlier epochs with your grants",
        )
        epoch.add_argument(
            "--previous",
            type=Path,
            nargs="+",
            default=[],
            metavar="FILE",
            help="or what stands before, oldest first: statements, epochs, confirmations",
        )
        epoch.add_argument(
            "--known", type=Path, nargs="+", default=[], metavar="FILE", help="certificates of earlier signers who are no longer on it"
        )
        epoch.add_argument("--days", type=parts.days, default=14, help="number of days, at most 35 (14)")
        epoch.add_argument("--first-day", type=parts.day, metavar="DATE", help="first day (today)")
        epoch.add_argument("--out", type=Path, required=True, help="the new epoch, for the desk")
        parts.passphrase(epoch)

        confirm = parts.add("confirm", "Confirms a desk epoch with the root key, where nobody at the desk can or will.")
        confirm.add_argument("--root", type=Path, required=True, help="the root key file")
        confirm.add_argument(
            "--statements", type=Path, required=True, metavar="FILE", help="key-statements.json, from the desk's page “Keys”"
        )
        confirm.add_argument("--number", type=int, metavar="EPOCH", help="which epoch (the newest)")
        confirm.add_argument("--yes", action="store_true", help="do not ask: who opened it, who came and who went has been looked at")
        confirm.add_argument("--out", type=Path, required=True, help="the new confirmation, for the desk")
        parts.passphrase(confirm)

    def epoch(self, *, passphrase_file: Path | None, first_day: int | None, **given: Any) -> None:
        files = EpochFiles(**{field.name: given[field.name] for field in fields(EpochFiles)})
        made = write_epoch_files(
            files,
            first_day=first_day,
            today=day_of(now()),
            days=given["days"],
            passphrase=lambda: self.passphrase(passphrase_file, f"Passphrase of the vault in {files.vault or files.from_server}: "),
        )
        self.say(f"Epoch {made.number} is in {files.out}: {made.days}.", f"On its roster: {', '.join(made.names)}.", *made.remarks)

    def confirm(
        self, *, root: Path, statements: Path, number: int | None, yes: bool, out: Path, passphrase_file: Path | None, **_: Any
    ) -> None:
        asked = root_confirming.read_to_confirm(root, statements, number)
        self.say(*asked.lines)
        if not yes:
            if not sys.stdin.isatty():
                raise CommandError("Nothing is signed. Look at who opened this epoch, who came and who went, then give --yes.")
            self.stdout.write("Should these people read what is written from now on? Type yes to sign: ", ending="")
            self.stdout.flush()
            if input().strip() != "yes":
                raise CommandError("Nothing is signed.")
        root_confirming.confirm_as_root(root, asked, out, lambda: self.passphrase(passphrase_file, f"Passphrase of {root}: "))
        self.say(f"The confirmation of epoch {asked.statement.number} is in {out}. Bring it to the desk's page “Keys”.")
