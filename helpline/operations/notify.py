"""Puts emails about the rota into the outbox, in the transaction of the change that they tell of. `send_notices` sends them later."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from helpline.calendar import Interval
from helpline.models import Account, Counsellor, RotaNotice, Shift


def notify(
    kind: RotaNotice.Kind,
    key: str,
    accounts: Iterable[int],
    *,
    at: datetime,
    channel: str = "",
    interval: Interval | None = None,
    was: Shift | None = None,
) -> None:
    """Each account is told of this `key` once, however often it is asked for; `was` is a shift as it stood before it moved.

    Without email nobody waits for anything: the pages tell.
    """
    if not settings.SENDS_EMAIL:
        return
    starts_at, ends_at = (interval.start, interval.end) if interval else (None, None)
    notices = [
        RotaNotice(
            account_id=account,
            kind=kind,
            key=key,
            channel=channel,
            starts_at=starts_at,
            ends_at=ends_at,
            was_channel=was.channel if was else "",
            was_starts_at=was.starts_at if was else None,
            was_ends_at=was.ends_at if was else None,
            made_at=at,
            next_try_at=at,
        )
        for account in dict.fromkeys(accounts)
    ]
    RotaNotice.objects.bulk_create(notices, ignore_conflicts=True)


def counsellors(*, besides: Iterable[int] = ()) -> list[int]:
    """The accounts of all counsellors who answer people but these counsellors."""
    active = Counsellor.objects.filter(Counsellor.answering()).exclude(pk__in=list(besides))
    return list(active.order_by("pk").values_list("account_id", flat=True))


def accounts_of(*people: int | None) -> list[int]:
    """The active accounts of these counsellors."""
    return list(Counsellor.objects.filter(pk__in=[pk for pk in people if pk], account__is_active=True).values_list("account_id", flat=True))


def leads(*, besides: int | None = None) -> list[int]:
    """Whoever looks after rota and desk, but this account: the leads, or the admins where there is no such lead."""
    active = Account.objects.filter(is_active=True).exclude(pk=besides or 0).order_by("pk")
    found = list(active.filter(role=Account.Role.LEAD).values_list("pk", flat=True))
    return found or list(active.filter(role=Account.Role.ADMIN).values_list("pk", flat=True))
