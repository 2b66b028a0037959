"""Availability in words that a frightened person can read: local time, short sentences, nothing promised that is not kept. PURE."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar import Availability
from helpline.calendar.answer import ROTA_AHEAD, SOON

QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Said:
    """A state in one short headline, and what to do in one or two sentences."""

    state: str
    headline: str
    detail: str

    @property
    def answers(self) -> bool:
        """Somebody would answer now."""
        return self.state in {"open", "closing_soon"}


def clock_time(when: datetime) -> str:
    """A local time of day: 9am, 4:30pm, midday, midnight."""
    if when.minute == 0 and when.hour in {0, 12}:
        return "midday" if when.hour else "midnight"
    minutes = f":{when.minute:02}" if when.minute else ""
    return f"{when.hour % 12 or 12}{minutes}{'am' if when.hour < 12 else 'pm'}"


def _weekday(day: date, today: date) -> str:
    # Within the week a weekday's name is enough; later it needs its date.
    return f"{day:%A}" if (day - today).days < 7 else f"{day:%A} {day.day} {day:%B}"


def moment(when: datetime, at: datetime, zone: ZoneInfo) -> str:
    """When something begins, seen from `at`: "at 9am today", "tomorrow at 9am", "Monday at 9am", "Monday 4 January at 9am"."""
    local, today = when.astimezone(zone), at.astimezone(zone).date()
    days = (local.date() - today).days
    named = {0: "today", 1: "tomorrow"}.get(days) or _weekday(local.date(), today)
    return f"{named} at {clock_time(local)}"


def until(when: datetime, at: datetime, zone: ZoneInfo) -> str:
    """When something ends, seen from `at`: "5pm", "midnight", "5pm on Friday"."""
    local, today = when.astimezone(zone), at.astimezone(zone).date()
    if local.date() == today or local.replace(tzinfo=None) == datetime.combine(today + timedelta(days=1), datetime.min.time()):
        return clock_time(local)
    return f"{clock_time(local)} on {_weekday(local.date(), today)}"


def deadline(when: datetime, at: datetime, zone: ZoneInfo) -> str:
    """By when, seen from `at`: "5pm today", "10:15am tomorrow", "5pm on Wednesday 25 November"."""
    local, today = when.astimezone(zone), at.astimezone(zone).date()
    days = (local.date() - today).days
    named = {0: "today", 1: "tomorrow"}.get(days) or f"on {local:%A} {local.day} {local:%B}"
    return f"{clock_time(local)} {named}"


def promised(availability: Availability) -> datetime | None:
    """The instant that a page may promise for a while: the next full quarter of an hour, so that the sentence stays true until then."""
    due = availability.reply_by
    if due is None:
        return None
    past = timedelta(minutes=due.minute % 15, seconds=due.second, microseconds=due.microsecond)
    if not past and availability.state == "closed":
        return due  # Outside the hours the promise stands still.
    return due - past + QUARTER


def _end(availability: Availability) -> datetime | None:
    """Until when somebody answers: the end of the opening, or before it the end of the last shift."""
    closes, changes = availability.closes_at, availability.changes_at
    if closes is None or changes is None:
        return None
    shift_ends_first = changes < closes - SOON and changes - availability.at < ROTA_AHEAD
    return changes if shift_ends_first or availability.state == "closing_soon" else closes


def _closed(availability: Availability, zone: ZoneInfo) -> str:
    if availability.opens_at is None:
        return "Closed until further notice"
    return f"Closed now. Opens {moment(availability.opens_at, availability.at, zone)}"


def say_phone(availability: Availability, zone: ZoneInfo) -> Said:
    """The phone line's state in words."""
    ends = _end(availability)
    end = until(ends, availability.at, zone) if ends else ""
    if availability.state == "open":
        return Said("open", f"Open now, until {end}" if end else "Open now", "Calls are free. You do not have to give your name.")
    if availability.state == "closing_soon":
        return Said("closing_soon", f"Open, but it closes soon: at {end}", "If you do not get through in time, write to us instead.")
    if availability.state == "unstaffed":
        return Said("unstaffed", "Nobody can answer the phone right now", "We are sorry. You can write to us now, or try the phone later.")
    reason = f"We are closed: {availability.reason}. " if availability.reason else ""
    return Said("closed", _closed(availability, zone), f"{reason}You can write to us at any time, day or night.")


def say_messages(availability: Availability, zone: ZoneInfo) -> Said:
    """The messages' state in words, with the promise of a reply."""
    due = promised(availability)
    promise = (
        f"Write now and we will answer by {deadline(due, availability.at, zone)}." if due else "We cannot say yet when we will answer."
    )
    if availability.state in {"open", "closing_soon"}:
        return Said(availability.state, "Counsellors are here now", promise)
    if availability.state == "unstaffed":
        return Said("unstaffed", "You can write now. Nobody is here to read it this minute", promise)
    opens = f" A counsellor reads it {moment(availability.opens_at, availability.at, zone)} or later." if availability.opens_at else ""
    reason = f" ({availability.reason})" if availability.reason else ""
    return Said("closed", f"You can write now. Nobody is here to read it yet{reason}", f"{opens} {promise}".strip())


def stands_until(availability: Availability, zone: ZoneInfo) -> datetime:
    """The instant at which these words may stop being true: a change of state, a moved promise, or a midnight ("today", "tomorrow")."""
    at = availability.at
    midnight = datetime.combine(at.astimezone(zone).date() + timedelta(days=1), datetime.min.time(), zone)
    instants = [midnight]
    if availability.changes_at is not None:
        instants.append(availability.changes_at)
    due, said = availability.reply_by, promised(availability)
    if due is not None and said is not None and availability.state != "closed":
        instants.append(at + (said - due))
    return min(instants)
