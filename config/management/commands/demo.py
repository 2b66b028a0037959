"""`manage.py demo`: the whole service in one process, on made-up data."""

import json
import os
import secrets
import sys
import threading
import time
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa import app_settings as mfa
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.celery import app as celery  # Also makes it the current one, which seeding needs.
from config.demo import folder as demo_folder
from config.demo import release, seed, service
from helpline.clock import now
from messaging.keys.stored_vaults import ensure_storage_key
from messaging.models.older_rows import OlderProtocol
from messaging.protocol.encoding import encode
from messaging.release.build import BuildFailed, ensure_client_built

PREPARED = "HELPLINE_DEMO_PREPARED"


def parse_demo_instant(text: str) -> datetime:
    """An RFC 3339 instant with its offset; raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("no offset")
    return at.astimezone(UTC)


class Command(BaseCommand):
    """Prepares the folder, starts itself again with the settings that belong to it, then seeds and serves."""

    help = "Runs the whole service on this machine, with made-up data, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where to serve on localhost (8000)")
        parser.add_argument("--data", type=Path, help="the folder that keeps the data (.demo beside manage.py)")
        parser.add_argument("--reset", action="store_true", help="delete what is in the folder, and fill it again")
        parser.add_argument("--at", help="start the service's clock at this instant, such as 2026-11-28T11:00:00+00:00")
        parser.add_argument("--seed-only", action="store_true", help="fill the folder and stop")
        parser.add_argument("--json", action="store_true", help="print one line of JSON when it is ready")

    def handle(self, *, port: int, reset: bool, at: str | None, seed_only: bool, json: bool, **_: Any) -> None:
        data = Path(settings.DATA)
        try:
            if os.environ.pop(PREPARED, "") != str(data):
                self._prepare(data, port, reset, at, serve=not seed_only)
            record = demo_folder.load_demo_record(data)
            if record is None or settings.ROOT_KEY is None:
                raise demo_folder.NotADemoFolder(f"{data} could not be prepared. Start with --reset.")
            call_command("migrate", verbosity=0, interactive=False)
            if trouble := ensure_storage_key(at=now()):
                self.stderr.write(trouble)
            record = seed.fill_demo(data, record, at=now())
        except OlderProtocol as error:
            raise CommandError("This demonstration was made by an earlier version. Start with --reset.") from error
        except (demo_folder.NotADemoFolder, seed.CannotSeedDemo, OSError) as error:
            raise CommandError(str(error)) from error
        if seed_only:
            self._show(record, json)
            return
        try:
            ensure_client_built()
            release.sign_demo_release(data, record, datetime.now(UTC).date(), at=now())
        except BuildFailed as error:
            raise CommandError(str(error)) from error
        self._serve(record, port, json)

    def _prepare(self, data: Path, port: int, reset: bool, at: str | None, *, serve: bool) -> None:
        """Makes the root key when there is none, then runs this command again: settings are read once, at the start."""
        if not 1 <= port <= 65_535:
            raise CommandError(f"--port must be from 1 to 65535, not {port}.")
        try:
            offset = parse_demo_instant(at) - datetime.now(UTC) if at else timedelta()
        except ValueError as error:
            raise CommandError(f"--at must be an instant with its offset, such as 2026-11-28T11:00:00+00:00, not {at!r}.") from error
        if serve:
            try:
                service.demand_free_port(port)
            except OSError as error:
                raise _cannot_be_used(port, error) from error
        if reset:
            demo_folder.clear_demo_folder(data)
        if demo_folder.load_demo_record(data) is None:
            seed.make_demo_root(data)
        environment = os.environ | {
            PREPARED: str(data),
            "HELPLINE_ORIGIN": f"http://localhost:{port}",
            "HELPLINE_LIVE_KEY": secrets.token_urlsafe(32),
            "HELPLINE_CLOCK_OFFSET": str(round(offset.total_seconds())),
        }
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)  # noqa: S606 - the same programme, the same arguments

    def _serve(self, record: demo_folder.DemoRecord, port: int, as_json: bool) -> None:
        from config.wsgi import application  # Loads every page's code: not before the settings are those of the folder.

        def when_ready() -> None:
            self._show(record, as_json)
            if not as_json and sys.stdin.isatty():
                threading.Thread(target=self._codes_on_enter, args=(record,), daemon=True).start()

        try:
            service.serve_demo(application, celery, port, when_ready)
        except OSError as error:
            raise _cannot_be_used(port, error) from error
        except TimeoutError as error:
            raise CommandError(str(error)) from error
        if not as_json:
            self.stdout.write("Stopped. Start again to continue with the same data, or add --reset to start from scratch.")

    def _show(self, record: demo_folder.DemoRecord, as_json: bool) -> None:
        public = record.public(settings.ORIGIN) | {
            # What no page says, and whoever speaks the protocol without a browser needs (PROTOCOL §7.2).
            "origin": settings.ORIGIN,
            "root": encode(settings.ROOT_KEY or b""),
            "at": now().isoformat(timespec="seconds"),
            "clock_offset": round(settings.CLOCK_OFFSET.total_seconds()),
        }
        if as_json:
            self.stdout.write(json.dumps(public))
            self.stdout.flush()
            return
        lines = [f"It is {now():%A %d %B %Y, %H:%M} UTC for this demonstration.", "", f"a person who wants help  {public['site']}"]
        lines += [f"an inbox with a reply    {public['site']}inbox  words: {inbox['words']}" for inbox in record.inboxes]
        lines += [
            f"{person.role + ', key-holder' * person.key_holder:<24} {self._way_in(person, str(public['desk']))}"
            for person in record.people
        ]
        lines += ["", "Codes change every 30 seconds; press Enter for new ones. Ctrl-C stops.", ""]
        self.stdout.write("\n".join(lines))

    def _way_in(self, person: demo_folder.DemoPerson, desk: str) -> str:
        address = f"{desk}admin/" if person.vault_passphrase is None else desk
        vault = f"  vault: {person.vault_passphrase}" if person.vault_passphrase else ""
        code = f"{authenticator_code(person)} (secret {person.totp_secret})"
        return f"{address}  {person.email}  password: {person.password}  code: {code}{vault}"

    def _codes_on_enter(self, record: demo_folder.DemoRecord) -> None:
        for _ in sys.stdin:
            self.stdout.write("  ".join(f"{person.email} {authenticator_code(person)}" for person in record.people))


def _cannot_be_used(port: int, error: OSError) -> CommandError:
    return CommandError(f"Port {port} cannot be used ({error.strerror}). Choose another with --port.")


def authenticator_code(person: demo_folder.DemoPerson) -> str:
    """The six digits that an authenticator would show now (RFC 6238). The machine's clock counts here, not the demo's."""
    return str(format_hotp_value(hotp_value(person.totp_secret, int(time.time()) // mfa.TOTP_PERIOD)))
