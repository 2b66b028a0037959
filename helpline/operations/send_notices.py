"""Sends the emails about the rota that wait, each outside any transaction."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from helpline.calendar import Interval
from helpline.models import RotaNotice
from helpline.operations.post import A_TIME, claimed, due, sent
from helpline.queries import organisation
from helpline.rotas.notice_words import words_of

MOST_TRIES = 8
KEPT = timedelta(days=30)


def send_notices(*, at: datetime) -> int:
    """How many were sent. Each is claimed by a conditional update, so that two workers send it once; what fails is tried again later."""
    RotaNotice.objects.filter(made_at__lt=at - KEPT).delete()
    waiting = RotaNotice.objects.filter(due(at, most_tries=MOST_TRIES), sent_at=None, tries__lt=MOST_TRIES, account__is_active=True)
    return sum(_send(notice, at) for notice in waiting.select_related("account")[:A_TIME])


def _send(notice: RotaNotice, at: datetime) -> bool:
    if not claimed(RotaNotice.objects.filter(pk=notice.pk, sent_at=None), notice.tries, at=at):
        return False
    interval = Interval(notice.starts_at, notice.ends_at) if notice.starts_at and notice.ends_at else None
    zone = ZoneInfo(organisation().time_zone)
    was = (notice.was_channel, Interval(notice.was_starts_at, notice.was_ends_at)) if notice.was_starts_at and notice.was_ends_at else None
    words = words_of(RotaNotice.Kind(notice.kind), notice.channel, interval, zone, was=was)
    address = f"{settings.ORIGIN}{reverse(words.page)}"
    text = f"{words.text}\n\n{address}\n\nThis address opens after you sign in. Emails about the rota name nobody, on purpose.\n"
    if not sent(f"Notice {notice.pk} of the rota", words.subject, text, to=notice.account.email):
        return False
    RotaNotice.objects.filter(pk=notice.pk).update(sent_at=at)
    return True
