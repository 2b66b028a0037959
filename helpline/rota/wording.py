"""Wording of the rota's days and times: by the clock on the wall, 24 hours, as rotas are written."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar import Interval
from helpline.models.hours import Channel

ONE_DAY = timedelta(days=1)


def rota_day_words(day: date) -> str:
    """Monday 30 November."""
    return f"{day:%A} {day.day} {day:%B}"


def rota_days_words(first: date, last: date) -> str:
    """30 November to 6 December 2026."""
    return f"{first.day} {first:%B} to {last.day} {last:%B} {last.year}"


def rota_time_words(at: datetime, zone: ZoneInfo) -> str:
    """09:00; with the zone's own name for it where the clock shows the same time twice on that day."""
    local = at.astimezone(zone)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset() and _exists(local, zone)
    return f"{local:%H:%M} {local:%Z}" if twice else f"{local:%H:%M}"


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    wall = local.replace(tzinfo=None)
    return all(
        wall.replace(tzinfo=zone, fold=fold).astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) == wall for fold in (0, 1)
    )


def rota_times_words(interval: Interval, zone: ZoneInfo) -> str:
    """09:00–13:00; 16:00–24:00 until the midnight that ends the day."""
    return f"{rota_time_words(interval.start, zone)}–{_end_words(interval, zone)}"


def _end_words(interval: Interval, zone: ZoneInfo) -> str:
    words = rota_time_words(interval.end, zone)
    return "24:00" if words == "00:00" and interval.end.astimezone(zone).date() > interval.start.astimezone(zone).date() else words


def rota_span_words(interval: Interval, zone: ZoneInfo) -> str:
    """Monday 30 November, 09:00 to 13:00; whole days without times."""
    start, end = interval.start.astimezone(zone), interval.end.astimezone(zone)
    if start.time() == end.time() == time():
        first, last = start.date(), end.date() - ONE_DAY
        return f"{rota_day_words(first)}, all day" if first == last else f"{rota_day_words(first)} to {rota_day_words(last)}"
    last_day = "" if start.date() == end.date() or _is_midnight_after(start, end) else f"{rota_day_words(end.date())}, "
    end_words = rota_time_words(end, zone) if last_day else _end_words(interval, zone)
    return f"{rota_day_words(start.date())}, {rota_time_words(start, zone)} to {last_day}{end_words}"


def _is_midnight_after(start: datetime, end: datetime) -> bool:
    return f"{end:%H:%M}" == "00:00" and end.date() == start.date() + ONE_DAY


def rota_hours_words(length: timedelta) -> str:
    """4 h, or 4 h 30 min."""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def channel_words(channel: str) -> str:
    """phone, messages, live talk: as they stand inside a sentence."""
    return Channel(channel).label.lower()


def number_words(number: int) -> str:
    """one, two, three … as they stand inside a sentence."""
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return names[number] if number < len(names) else str(number)
