"""Sends the emails about the rota that wait, each outside any transaction."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from helpline.calendar import Interval
from helpline.models import RotaNotice
from helpline.operations.post import Letter, send_waiting
from helpline.queries import organisation
from helpline.rotas.notice_words import words_of

MOST_TRIES = 8
KEPT = timedelta(days=30)


def send_notices(*, at: datetime) -> int:
    """How many were sent. Two workers send each once; what was given up is kept as long as what was sent, so that it is told once."""
    RotaNotice.objects.filter(made_at__lt=at - KEPT).delete()
    waiting, active = RotaNotice.objects.filter(sent_at=None), Q(account__is_active=True)
    return send_waiting(waiting, _letter, lambda row: row.update(sent_at=at), most_tries=MOST_TRIES, at=at, to_whom=active)


def _letter(notice: RotaNotice) -> Letter:
    interval = Interval(notice.starts_at, notice.ends_at) if notice.starts_at and notice.ends_at else None
    zone = ZoneInfo(organisation().time_zone)
    was = (notice.was_channel, Interval(notice.was_starts_at, notice.was_ends_at)) if notice.was_starts_at and notice.was_ends_at else None
    words = words_of(RotaNotice.Kind(notice.kind), notice.channel, interval, zone, was=was)
    address = f"{settings.ORIGIN}{reverse(words.page)}"
    text = f"{words.text}\n\n{address}\n\nThis address opens after you sign in. Emails about the rota name nobody, on purpose.\n"
    return Letter(f"Notice {notice.pk} of the rota", notice.account.email, words.subject, text)
