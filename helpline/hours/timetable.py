"""The wording of the opening hours: the week, the days that depart from it, and the clock's own changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpline.calendar import Calendar, Hours, Interval
from helpline.calendar.opening import merge_opening_hours
from helpline.calendar.upcoming import clock_changes, exceptional_days
from helpline.hours.wording import clock_time_words, date_words, reason_words, weekday_name
from helpline.models.hours import Channel

WEEK = range(7)
# Where the clocks show what everyone calls UK time.
UK = {"Europe/London", "Europe/Belfast", "Europe/Guernsey", "Europe/Isle_of_Man", "Europe/Jersey", "GB", "GB-Eire"}


class TimetableRow(NamedTuple):
    """Some days, the wording of each channel's hours, and why they differ from the week's."""

    days: str
    hours: list[str]
    reason: str = ""


@dataclass(frozen=True)
class Timetable:
    """What `/when` tells."""

    channels: list[str]
    week: list[TimetableRow]
    changes: list[TimetableRow]
    clock: list[str]
    city: str  # By whose clock the times are; nothing for UK time.

    @property
    def has_hours(self) -> bool:
        """There is an opening in the week at all."""
        return bool(self.week)


def hours_timetable(calendars: Mapping[str, Calendar], zone: ZoneInfo, today: date) -> Timetable:
    """The week of every channel, and eight weeks of what departs from it."""
    names = {Channel.PHONE: _("Phone"), Channel.MESSAGES: _("Messages"), Channel.LIVE: _("Live talk")}
    channels = [names[Channel(channel)] for channel in calendars]
    week, changes = _week(calendars), _changes(calendars, today)
    if len(channels) > 1 and all(len(set(row.hours)) == 1 for row in [*week, *changes]):
        # One column says it as well where every channel keeps the same hours.
        channels = [_together(calendars)]
        week, changes = [[row._replace(hours=row.hours[:1]) for row in rows] for rows in (week, changes)]
    return Timetable(
        channels=channels,
        week=week if any(calendar.week for calendar in calendars.values()) else [],
        changes=changes,
        clock=[_clock(day, by) for day, by in clock_changes(zone, today)],
        city="" if zone.key in UK else zone.key.rpartition("/")[2].replace("_", " "),
    )


def _together(calendars: Mapping[str, Calendar]) -> str:
    if Channel.LIVE not in calendars:
        return _("Phone and messages")
    return _("Phone, messages and live talk") if Channel.PHONE in calendars else _("Messages and live talk")


def _week(calendars: Mapping[str, Calendar]) -> list[TimetableRow]:
    """Days in a row that have the same hours share a line."""
    told = [(weekday, [_of_week(calendar.week.get(weekday, ())) for calendar in calendars.values()]) for weekday in WEEK]
    rows = []
    for hours, group in groupby(told, key=lambda row: row[1]):
        rows.append(TimetableRow(_weekdays([weekday for weekday, _hours in group]), hours))
    return rows


def _weekdays(days: list[int]) -> str:
    first, last = weekday_name(days[0]), weekday_name(days[-1])
    if len(days) == 1:
        return first
    return (_("{first} and {last}") if len(days) == 2 else _("{first} to {last}")).format(first=first, last=last)


def _of_week(hours: Iterable[Hours]) -> str:
    midnight = datetime.combine(date.min, time())
    return _spans(
        [(midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)) for opens, closes in merge_opening_hours(hours)]
    )


def opening_words(openings: Iterable[Interval], zone: ZoneInfo) -> str:
    """A date's openings by the clock on the wall: "9am to midday, 1pm to 5pm", "all day", "closed"."""
    return _spans(
        [(opening.start.astimezone(zone).replace(tzinfo=None), opening.end.astimezone(zone).replace(tzinfo=None)) for opening in openings]
    )


def _spans(spans: list[tuple[datetime, datetime]]) -> str:
    if not spans:
        return _("Closed")
    if len(spans) == 1 and spans[0][1].time() == spans[0][0].time() == time():
        return _("All day and night")
    return ", ".join(
        _("{opens} to {closes}").format(opens=clock_time_words(opens), closes=clock_time_words(closes)) for opens, closes in spans
    )


def _changes(calendars: Mapping[str, Calendar], today: date) -> list[TimetableRow]:
    found = {channel: {day.day: day for day in exceptional_days(calendar, today)} for channel, calendar in calendars.items()}
    rows = []
    for day in sorted({day for days in found.values() for day in days}):
        hours, reasons = [], []
        for channel, calendar in calendars.items():
            known = found[channel].get(day)
            hours.append(opening_words(known.open if known else calendar.on(day), calendar.zone))
            reasons += [reason_words(reason) for reason in known.reasons] if known else []
        rows.append(TimetableRow(date_words(day), hours, ", ".join(dict.fromkeys(reasons))))
    return rows


def _clock(day: date, by: timedelta) -> str:
    minutes = abs(by) // timedelta(minutes=1)
    how_much = _("one hour") if minutes == 60 else ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
    forward = by > timedelta()
    sentence = _("On {day} the clocks go forward by {time}.") if forward else _("On {day} the clocks go back by {time}.")
    return sentence.format(day=date_words(day), time=how_much)
