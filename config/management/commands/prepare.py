"""`manage.py prepare`: what comes before every start of an installation, a new one's and an updated one's."""

import time
from typing import Any

from django.core import checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from psycopg2.errors import LockNotAvailable

from config.checks import TAG
from helpline.clock import now
from messaging.keys.stored_vaults import ensure_storage_key

# A migration that waits for a table which a backup reads has everyone else wait behind it: rather it gives up soon, and tries again.
LOCK_SECONDS, PAUSE_SECONDS, TRIES = 2.0, 5.0, 120


class Command(BaseCommand):
    """Refuses unsafe settings with a sentence for each, then brings the tables up to date, and makes the first storage key."""

    help = "Checks the settings, and stops at an unsafe one; then runs the migrations that are new, and makes the first storage key."
    requires_system_checks = ()

    def handle(self, **_: Any) -> None:
        found = checks.run_checks(tags=[TAG], include_deployment_checks=True, databases=["default"])
        for message in found:
            self.stderr.write(f"{message.id}: {message.msg}")
        if refused := [message for message in found if message.is_serious()]:
            raise CommandError(f"Not started. First correct the settings above ({len(refused)}).")
        self.bring_up_to_date()
        if trouble := ensure_storage_key(at=now()):
            self.stderr.write(trouble)

    def bring_up_to_date(self) -> None:
        """Runs the migrations, as often as it takes; raises CommandError when a table is in use for ten minutes."""
        for _attempt in range(TRIES):
            if self._migrated():
                return
            self.stderr.write("A table is in use, perhaps by a backup. Trying again.")
            time.sleep(PAUSE_SECONDS)
        raise CommandError("Not started: a table is still in use, perhaps by a backup. When the backup has finished, run this again.")

    def _migrated(self) -> bool:
        """False when a table could not be had in time; what was done until then stands."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{LOCK_SECONDS * 1000:.0f}ms"])
        try:
            call_command("migrate", interactive=False, verbosity=1, stdout=self.stdout, stderr=self.stderr)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            return False
        finally:
            connection.close()  # And with it the limit.
        return True
