"""Sends the emails about the rota that wait, each outside any transaction."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F
from django.urls import reverse

from helpline.calendar import Interval
from helpline.models import RotaNotice
from helpline.queries import organisation
from helpline.rotas.notice_words import words_of

log = logging.getLogger(__name__)
A_TIME = 100
# A claim lasts so long: whoever died with it loses it then, and the notice goes out again.
CLAIM = timedelta(minutes=10)
MOST_TRIES = 8
KEPT = timedelta(days=30)


def send_notices(*, at: datetime) -> int:
    """How many were sent. Each is claimed by a conditional update, so that two workers send it once; what fails is tried again later."""
    RotaNotice.objects.filter(made_at__lt=at - KEPT).delete()
    waiting = RotaNotice.objects.filter(sent_at=None, next_try_at__lte=at, tries__lt=MOST_TRIES, account__is_active=True)
    return sum(_send(notice, at) for notice in waiting.select_related("account")[:A_TIME])


def _send(notice: RotaNotice, at: datetime) -> bool:
    mine = RotaNotice.objects.filter(pk=notice.pk, sent_at=None, tries=notice.tries)
    # Later and later: ten minutes, twenty, forty … while the mail server is away.
    if mine.update(tries=F("tries") + 1, next_try_at=at + CLAIM * 2**notice.tries) != 1:
        return False
    interval = Interval(notice.starts_at, notice.ends_at) if notice.starts_at and notice.ends_at else None
    zone = ZoneInfo(organisation().time_zone)
    words = words_of(RotaNotice.Kind(notice.kind), notice.channel, interval, zone)
    address = f"{settings.ORIGIN}{reverse(words.page)}"
    text = f"{words.text}\n\n{address}\n\nThis address opens after you sign in. Emails about the rota name nobody, on purpose.\n"
    try:
        send_mail(words.subject, text, None, [notice.account.email], fail_silently=False)
    except OSError as error:
        # Its class alone: what a mail server answers often repeats the address.
        log.warning("Notice %d of the rota could not be sent (%s); it is tried again later.", notice.pk, type(error).__name__)
        return False
    RotaNotice.objects.filter(pk=notice.pk).update(sent_at=at)
    return True
