"""The usual calendar of the tests: nine to five on working days, by the clock of London."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar import Availability, Calendar, Closure, Hours, Interval, PublicHolidays, SpecialDay, compute_availability

LONDON = ZoneInfo("Europe/London")
NINE_TO_FIVE = {weekday: [Hours(540, 1020)] for weekday in range(5)}


def usual(nation: str = "scotland", special_days: list[SpecialDay] | None = None, closures: list[Closure] | None = None) -> Calendar:
    return Calendar(LONDON, NINE_TO_FIVE, special_days or [], closures or [], PublicHolidays(nation))


def utc(text: str) -> datetime:
    """`2026-12-24 16:50` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def ask(calendar: Calendar, at: datetime, duty: list[Interval] | None = None) -> Availability:
    return compute_availability(calendar, channel="phone", at=at, promise=timedelta(hours=8), duty=duty)
