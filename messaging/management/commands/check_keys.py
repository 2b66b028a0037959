"""`manage.py check_keys`: whether enough people hold the desk's keys; for a monitor or a person."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from helpline.clock import now
from messaging.keys.readers import key_warnings
from messaging.keys.storage_rotation import storage_warnings


class Command(BaseCommand):
    """Ends with 1 and a sentence for each thing that is wrong, or would be with the next mishap."""

    help = (
        "Checks that an epoch is open, that nobody who has left has its key, and that nothing depends on a single person, a passphrase "
        "without a recovery sheet, or an old storage key."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        at = now()
        found = [*key_warnings(at=at), *storage_warnings(settings.STORAGE_KEYS_FILE, at=at)]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The desk's keys are in order.")
