"""The opening hours for other people's programs: an iCalendar file, and JSON-LD. Nothing but what the pages tell anyone."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from django.utils.translation import gettext as _

from helpline.calendar import Calendar, Hours, Interval
from helpline.calendar.opening import ONE_DAY, merge_opening_hours
from helpline.calendar.upcoming import DAYS_AHEAD, CalendarDay, exceptional_days
from helpline.calendar.wall_clock import at_minute
from helpline.hours.channels import BothChannels
from helpline.models.hours import Channel
from helpline.web.calendar_file import calendar_bytes

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OF_HOURS = uuid.UUID("6b0e5c0e-3a53-4c1e-9d0a-6d1c6d0f5a7e")


def hours_calendar(standing: BothChannels, *, at: datetime) -> bytes:
    """Each opening of the coming eight weeks as an event of its own, in UTC, holidays and closures taken out.

    Single instants rather than a weekly rule: a rule would need the zone's own history in the file and an exception for each holiday, and
    programs differ in how they match those over a change of clock; a closure of two hours cannot be said by a rule at all. A copy that is
    never renewed ends after eight weeks instead of saying for ever what was true once.

    The events are called "Open" and nothing else, are private, and take up no time: they give nothing away in someone's calendar.
    """
    file = icalendar.Calendar()
    file.add("prodid", "-//Opening hours//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("name", _("Opening hours"))
    file.add("x-wr-calname", _("Opening hours"))
    file.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT12H")
    for summary, opening in _events(standing, at):
        event = icalendar.Event()
        # The same opening keeps its name, so that a renewed file changes nothing that stands; it says neither whose nor where.
        named = f"{summary} {opening.start.isoformat()} {opening.end.isoformat()}"
        event.add("uid", str(uuid.uuid5(OF_HOURS, named)))
        event.add("dtstamp", at.replace(microsecond=0))
        event.add("dtstart", opening.start)
        event.add("dtend", opening.end)
        event.add("summary", summary)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    return calendar_bytes(file)


def _events(standing: BothChannels, at: datetime) -> list[tuple[str, Interval]]:
    """One event where phone and messages are open together, else one for each, in order of time. What cannot be taken is not open."""
    end = at_minute(standing.today + DAYS_AHEAD * ONE_DAY, 0, standing.zone)
    found: dict[Interval, list[str]] = {}
    for channel, calendar in standing.offered.items():
        for opening in takewhile(lambda opening: opening.start < end, calendar.openings(at)):
            found.setdefault(Interval(opening.start, min(opening.end, end)), []).append(channel)
    names = {Channel.PHONE: _("Open (phone)"), Channel.MESSAGES: _("Open (messages)"), Channel.LIVE: _("Open (live talk)")}
    events = []
    ways = [channel for channel in standing.offered if channel != Channel.LIVE]
    for opening, channels in sorted(found.items()):
        # Live talk has hours of its own, most often within the others: it keeps no two of those apart.
        if standing.takes_messages and all(way in channels for way in ways):
            events.append((_("Open"), opening))
        else:
            events += [(names[Channel(channel)], opening) for channel in channels]
    return events


def hours_as_json_ld(standing: BothChannels, origin: str) -> dict[str, Any]:
    """Organisation and hours in the vocabulary of schema.org: the week, and the special days of eight weeks, for each channel."""
    own, calendars = standing.organisation, standing.offered
    # The first channel's hours (the phone's, where there is one) stand where search engines look for them; others are contact points.
    # While messages cannot be taken and there is no phone, nothing has hours.
    first, others = next(iter(calendars.values()), None), list(calendars.items())[1:]
    contacts = [
        {
            "@type": "ContactPoint",
            "contactType": channel,
            "hoursAvailable": [*_weekly(calendar.week), *_special(exceptional_days(calendar, standing.today), standing.zone)],
        }
        for channel, calendar in others
    ]
    return {
        "@context": "https://schema.org",
        "@type": ["Organization", "Place"],
        "name": own.name,
        "url": f"{origin}/",
        **({"telephone": own.phone} if own.phone else {}),
        **(_hours(first, standing) if first is not None else {}),
        **({"contactPoint": contacts} if contacts else {}),
    }


def _hours(calendar: Calendar, standing: BothChannels) -> dict[str, Any]:
    return {
        "openingHoursSpecification": _weekly(calendar.week),
        "specialOpeningHoursSpecification": _special(exceptional_days(calendar, standing.today), standing.zone),
    }


def _specification(opens: str, closes: str) -> dict[str, Any]:
    # A day that ends at midnight is written as 23:59, and one that is closed as 00:00 to 00:00: so search engines ask for it.
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": "23:59" if closes == "24:00" else closes}


def _weekly(week: Mapping[int, Iterable[Hours]]) -> list[dict[str, Any]]:
    same: dict[tuple[int, int], list[str]] = {}
    for weekday in sorted(week):
        for span in merge_opening_hours(week[weekday]):
            same.setdefault(span, []).append(WEEKDAYS[weekday])
    return [
        {**_specification(_minute(opens), _minute(closes)), "dayOfWeek": [f"https://schema.org/{day}" for day in days]}
        for (opens, closes), days in same.items()
    ]


def _minute(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _special(days: Iterable[CalendarDay], zone: ZoneInfo) -> list[dict[str, Any]]:
    told = []
    for day in days:
        spans = [(_wall(opening.start, day.day, zone), _wall(opening.end, day.day, zone)) for opening in day.open]
        dated = {"name": ", ".join(day.reasons), "validFrom": day.day.isoformat(), "validThrough": day.day.isoformat()}
        told += [{**_specification(opens, closes), **dated} for opens, closes in spans or [("00:00", "00:00")]]
    return told


def _wall(at: datetime, day: date, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == day else "24:00"
