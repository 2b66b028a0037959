"""Sends one email that waits in an outbox: claimed by a conditional update, and sent outside any transaction."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db.models import F, Q, QuerySet

log = logging.getLogger(__name__)
# So many are sent in one run.
A_TIME = 100
# A claim lasts so long: whoever died with it loses it then, and the notice goes out again.
CLAIM = timedelta(minutes=10)


def due(at: datetime, *, most_tries: int) -> Q:
    """The notices that are to be tried now. One that waits for longer than any try ever does waits for a clock that was set back since."""
    return Q(tries=0) | Q(next_try_at__isnull=True) | Q(next_try_at__lte=at) | Q(next_try_at__gt=at + CLAIM * 2**most_tries)


def claimed(notice: QuerySet[Any], tries: int, *, at: datetime) -> bool:
    """Whether this worker is the one to send the row of `notice`, which was tried so often before.

    It is tried again later and later while the mail server is away: after ten minutes, twenty, forty …
    """
    return notice.filter(tries=tries).update(tries=F("tries") + 1, next_try_at=at + CLAIM * 2**tries) == 1


def sent(what: str, subject: str, text: str, *, to: str) -> bool:
    """Whether the mail server took it for this address; `what` names the notice in the log, where no address may stand."""
    try:
        send_mail(subject, text, None, [to], fail_silently=False)
    except OSError as error:
        # Its class alone: what a mail server answers often repeats the address.
        log.warning("%s could not be sent (%s); it is tried again later.", what, type(error).__name__)
        return False
    return True
