"""Puts an email to staff into the outbox, in the transaction of what it tells of; `send_notices` sends it once that is committed."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from messaging import nudge
from messaging.models import DeskNotice


def notice(kind: DeskNotice.Kind, accounts: Iterable[int]) -> None:
    """One of a kind waits for each account, however much there is to tell. Without email nobody waits for anything: the desk shows it."""
    if not settings.SENDS_EMAIL:
        return
    notices = [DeskNotice(account_id=account, kind=kind) for account in sorted(set(accounts))]
    DeskNotice.objects.bulk_create(notices, ignore_conflicts=True)
    transaction.on_commit(nudge.post)
