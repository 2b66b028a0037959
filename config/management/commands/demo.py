"""`manage.py demo`: the whole service in one process, on made-up data."""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from allauth.mfa import app_settings as mfa
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from config.celery import app as celery  # Also makes it the current one, which seeding needs.
from config.demo import folder as demo_folder
from config.demo import release, seed, service
from config.demo.start import DemoCommand, cannot_be_used, say_step
from helpline.clock import now
from messaging.keys.stored_vaults import ensure_storage_key
from messaging.models.older_rows import OlderProtocol
from messaging.protocol.encoding import encode
from messaging.release.build import BuildFailed, ensure_client_built
from messaging.release.manifest import project_version

BUILDING = "Building the pages' scripts and styles (at the first start up to half a minute)"


class Command(DemoCommand):
    """Seeds and serves the folder that `config.demo.start` prepared before the settings were read."""

    def handle(self, *, port: int, seed_only: bool, json: bool, **_: Any) -> None:
        data = Path(settings.DATA)
        try:
            record = demo_folder.load_demo_record(data)
            if record is None or settings.ROOT_KEY is None:
                raise demo_folder.NotADemoFolder(f"{data} could not be prepared. Start with --reset.")
            if seed_only:
                self._show(self._fill(data, record), json)
                return
            with ThreadPoolExecutor(1) as beside:
                # Node builds while the database is filled.
                building = beside.submit(ensure_client_built, lambda: say_step(BUILDING))
                record = self._fill(data, record)
                building.result()
            say_step("Signing what is served")
            release.sign_demo_release(data, record, datetime.now(UTC).date(), at=now())
        except OlderProtocol as error:
            raise CommandError("This demonstration was made by an earlier version. Start with --reset.") from error
        except (demo_folder.NotADemoFolder, seed.CannotSeedDemo, BuildFailed, OSError) as error:
            raise CommandError(str(error)) from error
        self._serve(record, port, json)

    def _fill(self, data: Path, record: demo_folder.DemoRecord) -> demo_folder.DemoRecord:
        """The database as this version has it, with people, keys, a rota and a day's messages."""
        say_step("Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)
        if trouble := ensure_storage_key(at=now()):
            self.stderr.write(trouble)
        say_step("Making up people, keys, a rota and messages, as far as they are missing")
        return seed.fill_demo(data, record, at=now())

    def _serve(self, record: demo_folder.DemoRecord, port: int, as_json: bool) -> None:
        say_step("Starting the web server, the worker and what runs by the clock")
        from config.wsgi import application  # Loads every page's code: not before the settings are those of the folder.

        def when_ready() -> None:
            self._show(record, as_json)
            if not as_json and sys.stdin.isatty():
                threading.Thread(target=self._codes_on_enter, args=(record,), daemon=True).start()

        try:
            service.serve_demo(application, celery, port, when_ready)
        except OSError as error:
            raise CommandError(cannot_be_used(port, error)) from error
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
            "version": project_version(),
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


def authenticator_code(person: demo_folder.DemoPerson) -> str:
    """The six digits that an authenticator would show now (RFC 6238). The machine's clock counts here, not the demo's."""
    return str(format_hotp_value(hotp_value(person.totp_secret, int(time.time()) // mfa.TOTP_PERIOD)))
