"""The one answer to "can I reach someone?", for pages, interface and command line."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from helpline.calendar.intervals import Interval, calendar_instant
from helpline.calendar.opening import Calendar
from helpline.calendar.rfc3339 import render_rfc3339
from helpline.calendar.staffing import is_staffed, next_staffing_change
from helpline.calendar.working_time import add_working_time

SOON = timedelta(minutes=15)
# How far ahead of an instant the rota must be known: an answer is good for no longer than this.
ROTA_AHEAD = timedelta(days=1)


class ChannelState(StrEnum):
    """What a page may say. Nobody on duty is never shown as open."""

    OPEN = "open"
    CLOSING_SOON = "closing_soon"
    UNSTAFFED = "unstaffed"
    CLOSED = "closed"


@dataclass(frozen=True)
class Availability:
    """How a channel stands at an instant. All instants are in UTC.

    opens_at: the next opening, when it is closed; None if there is none within 400 days.
    closes_at: the end of this opening, when it is open, staffed or not; None if it lasts longer than 400 days.
    reason: why it is closed; None in ordinary closed hours, and when open.
    reply_by: when the promised working time, counted in opening hours from `at`, is over; None if that is beyond 400 days.
    changes_at: the next instant at which any of this may be different; ask again then.
    staffed_until: when the last shift ends before the opening does; None where it does not, and while nobody is on duty.
    """

    channel: str
    at: datetime
    state: ChannelState
    opens_at: datetime | None
    closes_at: datetime | None
    reason: str | None
    reply_by: datetime | None
    changes_at: datetime | None
    staffed_until: datetime | None = None

    def as_json(self) -> dict[str, str | None]:
        """The answer for machines: RFC 3339 in UTC, or null. Without what would tell when a shift ends."""
        values = {name: value for name, value in asdict(self).items() if name not in {"changes_at", "staffed_until"}}
        return {name: render_rfc3339(value) if isinstance(value, datetime) else value for name, value in values.items()}


def compute_availability(
    calendar: Calendar,
    *,
    channel: str,
    at: datetime,
    promise: timedelta,
    duty: Sequence[Interval] | None = None,
    again: datetime | None = None,
) -> Availability:
    """How the channel stands at `at`.

    `duty` is when someone is on duty, known for ROTA_AHEAD from `at`; None leaves the rota out of the answer. `again`: when to ask again
    though none of that changes.

    Raises:
        NotAnInstant: `at` is naive or too far away.
        NoWorkingTime: the promise is not positive.
    """
    at = calendar_instant(at)
    reply_by = add_working_time(calendar, at, promise)
    opening = next(calendar.openings(at), None)
    if opening is None or at not in opening:
        opens_at = opening.start if opening else None
        again = min(filter(None, [opens_at, calendar.next_change_of_reason(at)]))
        return Availability(channel, at, ChannelState.CLOSED, opens_at, None, calendar.reason(at), reply_by, again)
    closes_at = opening.end if opening.end < calendar.horizon(at) else None
    soon_at = closes_at - SOON if closes_at else None
    changes = [soon_at, closes_at, again]
    if duty is not None:
        changes += [next_staffing_change(duty, at), at + ROTA_AHEAD]
    if duty is not None and not is_staffed(duty, at):
        state = ChannelState.UNSTAFFED
    else:
        state = ChannelState.CLOSING_SOON if soon_at and at >= soon_at else ChannelState.OPEN
    changes_at = min((change for change in changes if change and change > at), default=None)
    ends = max((interval.end for interval in duty or () if at in interval), default=None)
    known = ends is not None and ends < at + ROTA_AHEAD and (closes_at is None or ends < closes_at)
    return Availability(channel, at, state, None, closes_at, None, reply_by, changes_at, ends if known else None)
