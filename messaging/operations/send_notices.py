"""Sends the desk's emails that wait, each outside any transaction. They name no person, no message, and no number of either."""

from datetime import datetime

from django.conf import settings

from helpline.operations.post import A_TIME, claimed, due, sent
from messaging.models import DeskNotice

# What cannot be sent for so many tries is given up: the desk shows it all.
MOST_TRIES = 6
SAID = {
    DeskNotice.Kind.HALF: (
        "Desk: an answer is awaited",
        "At the desk an answer is awaited, and half of the time in which it was promised is over.",
    ),
    DeskNotice.Kind.OVERDUE: (
        "Desk: a promised time is over",
        "At the desk an answer is awaited, and the time in which it was promised is over. You are told as a lead.",
    ),
    DeskNotice.Kind.DECIDE: (
        "Desk: a decision is awaited",
        "At the desk a decision is awaited that takes a lead besides whoever asks for it. Please look soon. You are told as a lead.",
    ),
    DeskNotice.Kind.FLAG: (
        "Desk: a flag was raised",
        "At the desk a counsellor has raised a flag, and waits for a lead. Please open it now. You are told as a lead.",
    ),
    DeskNotice.Kind.UNOPENED: (
        "Desk: a flag is not opened",
        "At the desk a flag was raised, and no lead has opened it yet. If you are a lead, please open it now. "
        "If you are not, ring a lead now, and do not stop before one has heard.",
    ),
    DeskNotice.Kind.UNSEEN: (
        "Desk: somebody on duty has not come",
        "A shift for messages has begun, and somebody on it has not opened the desk. Others are given the conversations meanwhile. "
        "The page “Rota” says who is on duty. You are told as a lead.",
    ),
}


def send_notices(*, at: datetime) -> int:
    """How many were sent. Each is claimed by a conditional update, so that two workers send it once, and is gone when it is sent."""
    DeskNotice.objects.filter(tries__gte=MOST_TRIES, next_try_at__lte=at).delete()
    waiting = DeskNotice.objects.filter(due(at, most_tries=MOST_TRIES), account__is_active=True)
    return sum(_send(each, at) for each in waiting.select_related("account")[:A_TIME])


def _send(each: DeskNotice, at: datetime) -> bool:
    if not claimed(DeskNotice.objects.filter(pk=each.pk), each.tries, at=at):
        return False
    subject, text = SAID[DeskNotice.Kind(each.kind)]
    body = (
        f"{text}\n\n{settings.ORIGIN}{settings.DESK_PATH}\n\nThis address opens after you sign in. These emails name nobody, on purpose.\n"
    )
    if not sent("A notice of the desk", subject, body, to=each.account.email):
        return False
    DeskNotice.objects.filter(pk=each.pk, tries=each.tries + 1).delete()
    return True
