"""Both pages look at once when something becomes of a live talk. Where no bell rings they find it when they look next."""

from django.db import transaction


def ring_talk(conversation: int) -> None:
    """After the commit: the person's page, and every desk."""
    transaction.on_commit(lambda: None)
