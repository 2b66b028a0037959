"""Notes that a backup was made and found whole."""

from datetime import datetime

from messaging.models import Backup


def note_backup(*, at: datetime) -> None:
    """The newest counts, in whatever order they come."""
    if not Backup.objects.filter(pk=Backup.NEWEST, at__lt=at).update(at=at):
        Backup.objects.bulk_create([Backup(pk=Backup.NEWEST, at=at)], ignore_conflicts=True)
