"""`manage.py backup_made`: bin/backup says that there is a good one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from helpline.clock import now
from helpline.organisation import organisation
from messaging.monitoring.backups import note_backup


class Command(BaseCommand):
    """Notes when, for /desk/status/, and prints for how many days the site tells people that a backup is kept."""

    help = "Records that a backup has just been made, and prints for how many days backups are kept."

    def handle(self, *_: Any, **__: Any) -> None:
        note_backup(at=now())
        days = organisation().backup_days
        if not days:
            raise CommandError("The site tells people that no backups are kept. State for how many days, on the organisation's page.")
        self.stdout.write(str(days))
