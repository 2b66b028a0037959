"""`manage.py renew_secret_key`: brings every second step under the secret key of today, so that the one before can be forgotten."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

# Which of an authenticator's data lie encrypted: an app's secret, and what recovery codes are made from.
ENCRYPTED = ("secret", "seed")


class Command(BaseCommand):
    """May be run again, and while the service runs: each row is changed by itself."""

    help = (
        "After HELPLINE_SECRET_KEY was changed, with the key before in HELPLINE_SECRET_KEY_BEFORE: encrypts the staff's second steps "
        "under the new key. Then take HELPLINE_SECRET_KEY_BEFORE away. Sessions end with it, and nothing else does."
    )

    def handle(self, **_: Any) -> None:
        lost = renewed = 0
        for pk in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk").values_list("pk", flat=True):
            try:
                with transaction.atomic():
                    _renew(Authenticator.objects.select_for_update().get(pk=pk))
                renewed += 1
            except Authenticator.DoesNotExist:
                continue
            except InvalidToken:
                lost += 1
        self.stdout.write(f"{renewed} second steps stand under the key of today.")
        if lost:
            raise CommandError(
                f"{lost} second steps stand under a key that is not known here. Put the key of before into HELPLINE_SECRET_KEY_BEFORE, "
                "or invite these people again."
            )


def _renew(row: Authenticator) -> None:
    adapter = get_adapter()
    for name in ENCRYPTED:
        if row.data.get(name):
            row.data[name] = adapter.renewed(row.data[name])
    row.save(update_fields=["data"])
