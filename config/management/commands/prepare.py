"""`manage.py prepare`: what comes before every start of an installation, a new one's and an updated one's."""

from typing import Any

from django.core import checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.checks import TAG


class Command(BaseCommand):
    """Refuses unsafe settings in words, then brings the tables up to date."""

    help = "Checks the settings, and stops at an unsafe one; then runs the migrations that are new."
    requires_system_checks = ()

    def handle(self, **_: Any) -> None:
        found = checks.run_checks(tags=[TAG], include_deployment_checks=True, databases=["default"])
        for message in found:
            self.stderr.write(f"{message.id}: {message.msg}")
        if refused := [message for message in found if message.is_serious()]:
            raise CommandError(f"Not started: {len(refused)} of the settings above must be put right first.")
        call_command("migrate", interactive=False, verbosity=1, stdout=self.stdout, stderr=self.stderr)
