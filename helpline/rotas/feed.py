"""A counsellor's own shifts for their calendar program."""

import uuid
from datetime import datetime, timedelta

import icalendar

from helpline.calendar import Interval
from helpline.calendar.intervals import subtract
from helpline.models import Absence, Counsellor, RotaFeed, Shift
from helpline.rotas.said import channel_words

OF_SHIFTS = uuid.UUID("1e0b6a4c-6c5c-4f0e-9f6c-0f7d3f5f9a21")
# Programs show what has been, too; what is older is nobody's next shift.
BACK = timedelta(weeks=4)


def feed_of(secret_hash: bytes) -> RotaFeed | None:
    """Whose feed this is, found by the hash in the index: nothing is compared that somebody could time. None when it was reset."""
    feeds = RotaFeed.objects.select_related("counsellor")
    return feeds.filter(Counsellor.answering("counsellor__"), secret_hash=secret_hash).first()


def feed_calendar(feed: RotaFeed, *, at: datetime) -> bytes:
    """Published shifts from four weeks ago on, those left out for which they are away altogether. The same rows make the same bytes.

    In UTC: each shift is a pair of instants, kept so in the database, and right on the wall whatever the clocks do; a repeating rule
    would need the zone's history beside it. "On duty" and the channel are all it says: a calendar is often seen by others.
    """
    file = icalendar.Calendar()
    file.add("prodid", "-//Rota//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("name", "Rota")
    file.add("x-wr-calname", "Rota")
    file.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT1H")
    for shift in _shifts(feed.counsellor, at):
        event = icalendar.Event()
        # The shift keeps its name when it moves, so that programs move it instead of adding another; the name tells nothing.
        event.add("uid", str(uuid.uuid5(OF_SHIFTS, f"shift {shift.pk}")))
        event.add("dtstamp", feed.reset_at.replace(microsecond=0))
        event.add("dtstart", shift.starts_at)
        event.add("dtend", shift.ends_at)
        event.add("summary", f"On duty: {channel_words(shift.channel)}")
        event.add("class", "PRIVATE")
        file.add_component(event)
    return bytes(file.to_ical())


def _shifts(counsellor: Counsellor, at: datetime) -> list[Shift]:
    since = at - BACK
    away = [
        Interval(*ends) for ends in Absence.objects.filter(counsellor=counsellor, ends_at__gt=since).values_list("starts_at", "ends_at")
    ]
    shifts = Shift.objects.filter(counsellor=counsellor, state=Shift.State.PUBLISHED, ends_at__gt=since).order_by("starts_at")
    return [shift for shift in shifts if subtract([Interval(shift.starts_at, shift.ends_at)], away)]
