"""The storage keys of one test: a file of its own, and the command that an operator runs."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings

from messaging.models import DeskMember, Vault


def begin_storage(settings: Settings, folder: Path) -> Path:
    """A file of storage keys with its first key, which is the service's from now on."""
    settings.STORAGE_KEYS_FILE = path = folder / "storage-keys"
    storage_keys("new")
    return path


def storage_keys(*arguments: str) -> str:
    """`manage.py storage_keys …`: what it prints; raises CommandError."""
    out = StringIO()
    call_command("storage_keys", *arguments, stdout=out)
    return out.getvalue()


def stored_of(member: DeskMember) -> list[bytes]:
    """A counsellor's records as they lie in the database."""
    return list(Vault.objects.filter(member=member).order_by("pk").values_list("record", flat=True))
