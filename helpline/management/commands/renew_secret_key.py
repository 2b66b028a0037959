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
    """May be run again, and while the service runs: each row changes in a separate update."""

    help = (
        "Encrypts the staff's second steps under a new HELPLINE_SECRET_KEY. Run it after the key has changed, "
        "with the old key in HELPLINE_SECRET_KEY_BEFORE. Then remove HELPLINE_SECRET_KEY_BEFORE. This ends "
        "staff sessions and nothing else."
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
        self.stdout.write(f"{renewed} second steps are encrypted under the current key.")
        if lost:
            raise CommandError(
                f"{lost} second steps are encrypted under an unknown key. Put the old key into "
                "HELPLINE_SECRET_KEY_BEFORE, or invite these people again."
            )


def _renew(row: Authenticator) -> None:
    adapter = get_adapter()
    for name in ENCRYPTED:
        if row.data.get(name):
            row.data[name] = adapter.renewed(row.data[name])
    row.save(update_fields=["data"])
