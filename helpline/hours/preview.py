"""The next eight weeks as a picture: each day's hours, and what a change would make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from helpline.calendar import Calendar, Interval
from helpline.calendar.upcoming import CalendarDay, calendar_days
from helpline.calendar.wall_clock import monday_of
from helpline.hours.calendars import calendars_in_use
from helpline.hours.timetable import opening_words
from helpline.hours.wording import date_words
from helpline.models.hours import Channel

FEW = 4


@dataclass(frozen=True)
class PreviewCell:
    """A day of the picture. `bars` are begin and length in minutes of the day; `was` is None where nothing changes."""

    day: date
    hours: str
    bars: list[tuple[int, int]]
    was: str | None = None
    was_bars: Sequence[tuple[int, int]] = ()
    reason: str = ""


@dataclass(frozen=True)
class ChannelPreview:
    """One channel's weeks, from Monday on; None where a day lies outside the eight weeks."""

    channel: str
    weeks: list[tuple[date, list[PreviewCell | None]]]


@dataclass(frozen=True)
class HoursPreview:
    """A picture a channel, and the same changes as sentences."""

    pictures: list[ChannelPreview]
    changes: list[str]
    weekdays: tuple[str, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def preview_hours(before: Mapping[str, Calendar], after: Mapping[str, Calendar], today: date) -> HoursPreview:
    """What would be different from today on for eight weeks."""
    pictures, changes = [], []
    for channel, calendar in after.items():
        if channel not in calendars_in_use(before) and channel not in calendars_in_use(after):
            continue
        label = Channel(channel).label
        pairs = list(zip(calendar_days(before[channel], today), calendar_days(calendar, today), strict=True))
        cells = [_cell(was, now, before[channel].zone, calendar.zone) for was, now in pairs]
        pictures.append(ChannelPreview(label, _weeks(cells)))
        changes += _sentences(label, cells)
    return HoursPreview(pictures, changes)


def _cell(was: CalendarDay, now: CalendarDay, zone_before: ZoneInfo, zone: ZoneInfo) -> PreviewCell:
    reason = ", ".join(now.reasons)
    hours, bars = opening_words(now.open, zone), _bars(now, zone)
    if was.open == now.open:
        return PreviewCell(now.day, hours, bars, reason=reason)
    return PreviewCell(now.day, hours, bars, opening_words(was.open, zone_before), _bars(was, zone_before), reason)


def _bars(day: CalendarDay, zone: ZoneInfo) -> list[tuple[int, int]]:
    def minute(opening: Interval, *, end: bool) -> int:
        local = (opening.end if end else opening.start).astimezone(zone)
        return (local.date() - day.day).days * 1440 + local.hour * 60 + local.minute

    return [(minute(opening, end=False), minute(opening, end=True) - minute(opening, end=False)) for opening in day.open]


def _weeks(cells: list[PreviewCell]) -> list[tuple[date, list[PreviewCell | None]]]:
    first = cells[0].day
    blank: list[PreviewCell | None] = [None] * first.weekday()
    padded = [*blank, *cells]
    padded += [None] * (-len(padded) % 7)
    return [(monday_of(first) + timedelta(weeks=number), list(week)) for number, week in enumerate(batched(padded, 7))]


def _sentences(channel: str, cells: list[PreviewCell]) -> list[str]:
    """One sentence for all days that change in the same way."""
    same: dict[tuple[str, str, str], list[date]] = {}
    for cell in cells:
        if cell.was is not None:
            same.setdefault((cell.was, cell.hours, cell.reason), []).append(cell.day)
    sentences = []
    for (was, hours, reason), dates in same.items():
        because = f" ({reason})" if reason else ""
        sentences.append(f"{channel}: {hours.lower()} instead of {was.lower()}{because} on {_dates(dates)}.")
    return sentences


def _dates(dates: list[date]) -> str:
    if len(dates) <= FEW:
        named = [date_words(day) for day in dates]
        return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"{len(dates)} days from {date_words(dates[0])} to {date_words(dates[-1])}"
