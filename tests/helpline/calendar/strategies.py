"""Calendars and instants for property tests: 2024 to 2030, in four zones, more often than not near a change of clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from helpline.calendar import Calendar, Closure, HolidayCorrection, Hours, Interval, PublicHolidays, SpecialDay

ZONES = [ZoneInfo(name) for name in ("Europe/London", "Europe/Warsaw", "America/St_Johns", "Australia/Lord_Howe")]
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
MINUTES = 7 * 365 * 24 * 60
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _changes_of_clock(zone: ZoneInfo) -> list[datetime]:
    """The hours in which it changes, looked for in the days in which it does."""

    def changes(at: datetime, within: timedelta) -> bool:
        return at.astimezone(zone).utcoffset() != (at + within).astimezone(zone).utcoffset()

    days = (FIRST + day * DAY for day in range(MINUTES // (24 * 60)))
    return [day + hour * HOUR for day in days if changes(day, DAY) for hour in range(24) if changes(day + hour * HOUR, HOUR)]


CHANGES = {zone.key: _changes_of_clock(zone) for zone in ZONES}

anywhere = st.integers(0, MINUTES).map(lambda minutes: FIRST + timedelta(minutes=minutes))


def instants(zone: ZoneInfo) -> st.SearchStrategy[datetime]:
    """Whole minutes of 2024–2030, with many within a day before a change of clock."""
    near = st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(CHANGES[zone.key]), st.integers(-1440, 240)
    )
    return st.one_of(anywhere, near)


minutes_of_day = st.one_of(st.integers(0, 1440), st.sampled_from([0, 60, 90, 105, 120, 125, 150, 180, 540, 1020, 1440]))
hours = st.tuples(minutes_of_day, minutes_of_day).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Hours(min(pair), max(pair)))
weeks = st.dictionaries(st.integers(0, 6), st.lists(hours, max_size=3), max_size=7)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar, and an instant around which its exceptions lie."""
    zone = draw(st.sampled_from(ZONES))
    at = draw(instants(zone))
    today = at.astimezone(zone).date()
    # Whatever the rest of the week is like, today and tomorrow have hours, so that a change of clock has something to change.
    week = draw(weeks) | {day % 7: draw(st.lists(hours, min_size=1, max_size=3)) for day in (today.weekday(), today.weekday() + 1)}
    near = st.integers(-1, 4).map(lambda days: today + timedelta(days=days))
    intervals = st.builds(
        lambda minutes, length: Interval(at + timedelta(minutes=minutes), at + timedelta(minutes=minutes + length)),
        st.integers(-1440, 4320),
        st.integers(1, 2000),
    )
    calendar = Calendar(
        zone,
        week,
        draw(st.lists(st.builds(SpecialDay, near, st.just("Open day"), st.none() | hours), max_size=2)),
        draw(st.lists(st.builds(Closure, intervals, st.just("Fault")), max_size=1)),
        PublicHolidays(
            draw(st.sampled_from(["scotland", "none"])),
            draw(st.lists(st.builds(HolidayCorrection, near, st.just("Fair"), st.booleans()), max_size=2)),
        ),
    )
    return calendar, at
