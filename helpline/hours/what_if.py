"""What the hours would be if something were changed: it is done, looked at, and undone."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from helpline.calendar import Calendar
from helpline.hours.calendars import channel_calendars
from helpline.models.hours import Channel
from helpline.organisation import organisation


def what_if(change: Callable[[], object], *, at: datetime) -> tuple[dict[str, Calendar], dict[str, Calendar]]:
    """Each channel's calendar as it stands, and as `change` would make it. Nothing of the change stays.

    Raises:
        Whatever `change` raises; nothing stays then either.
    """
    before = _calendars(at)
    with transaction.atomic():
        change()
        after = _calendars(at)
        transaction.set_rollback(True)
    return before, after


def _calendars(at: datetime) -> dict[str, Calendar]:
    return channel_calendars(organisation(), Channel.values, at=at)
