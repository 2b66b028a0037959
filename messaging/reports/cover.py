"""Who was on duty for messages, as the rota has it: hours by person and week, and by hour of the week while open. PURE, and of the past."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from helpline.calendar import Interval
from helpline.calendar.cover import shifts_without_absences
from helpline.calendar.wall_clock import at_minute, local_date, monday_of
from helpline.models.hours import Channel
from helpline.rota.snapshot import RotaSnapshot
from messaging.models.desk_sums import DAY_HOURS, WEEK_DAYS

WEEK = timedelta(days=7)
HOUR_SECONDS = 3600
PLACES = WEEK_DAYS * DAY_HOURS


class ReportedDuties:
    """What the picture's published shifts for messages came to, without absences."""

    def __init__(self, picture: RotaSnapshot) -> None:
        self.zone = picture.zone
        self.openings = cache(picture.calendars[Channel.MESSAGES].on)
        shifts = [work.duty for work in picture.shifts if work.published and work.channel in Channel.served_by(Channel.MESSAGES)]
        away = [absence.duty for absence in picture.absences]
        self.by_person = {
            person: shifts_without_absences([duty for duty in shifts if duty.counsellor_id == person], away)
            for person in {duty.counsellor_id for duty in shifts}
        }

    def worked(self, within: Interval) -> dict[tuple[int, date], timedelta]:
        """How long each person was on duty in each week, by its Monday."""
        found: dict[tuple[int, date], timedelta] = {}
        for person, interval in self._all(within):
            start = interval.start
            while start < interval.end:
                monday = monday_of(local_date(start, self.zone))
                end = min(interval.end, at_minute(monday + WEEK, 0, self.zone))
                found[person, monday] = found.get((person, monday), timedelta()) + (end - start)
                start = end
        return found

    def covered(self, within: Interval) -> list[timedelta]:
        """By hour of the week: the time that everyone together was on duty while messages were open."""
        found = [timedelta()] * PLACES
        for _person, interval in self._all(within):
            self._add_open(found, interval)
        return found

    def open(self, within: Interval) -> list[timedelta]:
        """By hour of the week: how long messages were open."""
        found = [timedelta()] * PLACES
        self._add_open(found, within)
        return found

    def _all(self, within: Interval) -> Iterator[tuple[int, Interval]]:
        for person, intervals in self.by_person.items():
            for each in intervals:
                if each.overlaps(within):
                    yield person, Interval(max(each.start, within.start), min(each.end, within.end))

    def _add_open(self, found: list[timedelta], interval: Interval) -> None:
        """Adds the time of the interval in which messages were open; an opening may reach over from the day before."""
        day, last = local_date(interval.start, self.zone) - timedelta(days=1), local_date(interval.end, self.zone)
        while day <= last:
            for opening in self.openings(day):
                if opening.overlaps(interval):
                    self._add(found, max(opening.start, interval.start), min(opening.end, interval.end))
            day += timedelta(days=1)

    def _add(self, found: list[timedelta], start: datetime, end: datetime) -> None:
        """Hour by hour of the clock on the wall, which the change of clocks gives one more or one less of."""
        while start < end:
            local = start.astimezone(self.zone)
            rest = HOUR_SECONDS - local.minute * 60 - local.second
            until = min(end, start + timedelta(seconds=rest) - timedelta(microseconds=local.microsecond))
            found[local.weekday() * DAY_HOURS + local.hour] += until - start
            start = until
