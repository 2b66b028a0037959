"""Emails of the desk: queued in the transaction of what they tell of, and sent once that is committed."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from helpline.web.outbox import Letter, forget_unsent_letters, send_waiting_letters
from messaging import trigger
from messaging.models import DeskNotice

# What cannot be sent for so many tries is given up: the desk shows it all.
MOST_TRIES = 6
SAID = {
    DeskNotice.Kind.HALF: (
        "Desk: a reply is due",
        "A conversation at the desk is waiting for a reply. Half of the promised time has passed.",
    ),
    DeskNotice.Kind.OVERDUE: (
        "Desk: a promised time has passed",
        "A conversation at the desk is waiting for a reply. The promised time has passed. We are telling you because you are a lead.",
    ),
    DeskNotice.Kind.DECIDE: (
        "Desk: a decision is needed",
        "A colleague at the desk needs a decision from a second person. Look soon. We are telling you because you are a lead.",
    ),
    DeskNotice.Kind.FLAG: (
        "Desk: a flag has been raised",
        "A counsellor at the desk has raised a flag, and is waiting for a lead. Open it now. We are telling you because you are a lead.",
    ),
    DeskNotice.Kind.UNOPENED: (
        "Desk: a flag has not been opened",
        "A flag was raised at the desk, and no lead has opened it yet. If you are a lead, open it now. If you "
        "are not, call a lead now, and keep calling until you reach one.",
    ),
    DeskNotice.Kind.UNSEEN: (
        "Desk: a counsellor on duty is missing",
        "A shift for messages has started, and a counsellor on it has not opened the desk. Conversations go to "
        "others for now. The page “Rota” shows who is on duty. We are telling you because you are a lead.",
    ),
}


def queue_desk_notice(kind: DeskNotice.Kind, accounts: Iterable[int]) -> None:
    """One of a kind waits for each account, however much there is to tell. Without email nobody waits for anything: the desk shows it."""
    if not settings.SENDS_EMAIL:
        return
    notices = [DeskNotice(account_id=account, kind=kind) for account in sorted(set(accounts))]
    DeskNotice.objects.bulk_create(notices, ignore_conflicts=True)
    transaction.on_commit(trigger.request_emails)


def send_desk_notices(*, at: datetime) -> int:
    """Sends what waits, and returns how many were sent. Two workers send each once, and it is deleted when it is sent."""
    forget_unsent_letters(DeskNotice.objects.all(), most_tries=MOST_TRIES, at=at)
    active = Q(account__is_active=True)
    return send_waiting_letters(DeskNotice.objects.all(), _letter, lambda row: row.delete(), most_tries=MOST_TRIES, at=at, to_whom=active)


def _letter(each: DeskNotice) -> Letter:
    subject, text = SAID[DeskNotice.Kind(each.kind)]
    body = (
        f"{text}\n\n{settings.ORIGIN}{settings.DESK_PATH}\n\nYou need to sign in to open this address. For privacy, these emails "
        "name nobody.\n"
    )
    return Letter("A notice of the desk", each.account.email, subject, body)
