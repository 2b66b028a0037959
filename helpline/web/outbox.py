"""Sends the emails that wait in an outbox: each claimed by a conditional update, and sent outside any transaction.

An outbox is a table with the columns `account`, `tries` and `next_try_at`, whose rows are written in the transaction of what they tell of.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.mail import send_mail
from django.db.models import F, Model, Q, QuerySet

log = logging.getLogger(__name__)
# So many are sent in one run.
A_TIME = 100
# A claim lasts so long: whoever died with it loses it then, and the notice goes out again.
CLAIM = timedelta(minutes=10)


class Letter(NamedTuple):
    """An email to one address; `what` names it in the log, where no address may stand."""

    what: str
    to: str
    subject: str
    text: str


def send_waiting_letters[N: Model](
    rows: QuerySet[N],
    write: Callable[[N], Letter],
    done: Callable[[QuerySet[N]], object],
    *,
    most_tries: int,
    at: datetime,
    to_whom: Q | None = None,
) -> int:
    """How many of `rows`, which wait in an outbox, were sent now; `done` is then given the one row, to delete it or to say when it was.

    Two workers send a row once. What fails is tried again later and later, and `most_tries` times at most. `rows` joins no other table:
    a claim must see the row as it is now; `to_whom` may, and says which of the rows are sent at all.
    """
    waiting = rows.filter(_due(at, most_tries), to_whom or Q(), tries__lt=most_tries).select_related("account")
    return sum(_send(each, rows.filter(pk=each.pk), write, done, at) for each in waiting[:A_TIME])


def forget_unsent_letters[N: Model](rows: QuerySet[N], *, most_tries: int, at: datetime) -> None:
    """Deletes what could not be sent for so many tries, once the time of one more has come: the next of its kind is told again."""
    rows.filter(_due(at, most_tries), tries__gte=most_tries).delete()


def _send[N: Model](each: N, row: QuerySet[N], write: Callable[[N], Letter], done: Callable[[QuerySet[N]], object], at: datetime) -> bool:
    tries: int = each.tries  # type: ignore[attr-defined]  # Each outbox has it.
    # Claimed for ten minutes, and each time twice as long: whoever dies with it loses it then.
    if row.filter(tries=tries).update(tries=F("tries") + 1, next_try_at=at + CLAIM * 2**tries) != 1:
        return False
    if not send_letter(*write(each)):
        return False
    done(row)
    return True


def _due(at: datetime, most_tries: int) -> Q:
    """The rows that are to be tried now. One that waits for longer than any try ever does waits for a clock that was set back since."""
    return Q(tries=0) | Q(next_try_at__isnull=True) | Q(next_try_at__lte=at) | Q(next_try_at__gt=at + CLAIM * 2**most_tries)


def send_letter(what: str, to: str, subject: str, text: str) -> bool:
    """Whether the mail server took it for this address; `what` names the notice in the log, where no address may stand."""
    try:
        send_mail(subject, text, None, [to], fail_silently=False)
    except OSError as error:
        # Its class alone: what a mail server answers often repeats the address.
        log.warning("%s could not be sent (%s); it is tried again later.", what, type(error).__name__)
        return False
    return True
