"""A counsellor's own shifts as an iCalendar feed, and the secret address where a calendar program reads it."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import icalendar

from helpline.calendar import Interval
from helpline.calendar.intervals import subtract_intervals
from helpline.models import Absence, CancelledEntry, Counsellor, RotaFeed, Shift
from helpline.rota.wording import channel_words
from helpline.web.calendar_file import calendar_bytes

OF_SHIFTS = uuid.UUID("1e0b6a4c-6c5c-4f0e-9f6c-0f7d3f5f9a21")
# Programs show what has been, too; what is older is nobody's next shift.
BACK = timedelta(weeks=4)
# For so long after its end a program is told that an entry was cancelled: some look for news once in weeks.
CANCELLED_FOR = timedelta(days=60)
ALARM_BEFORE = timedelta(hours=1)


def feed_secret_hash(secret: str) -> bytes:
    """What is kept of a secret. It has 256 bits of its own, so its plain hash tells nothing, and is looked up in one step by an index."""
    return hashlib.sha256(secret.encode()).digest()


def reset_feed(counsellor: Counsellor, *, at: datetime) -> str:
    """The new secret, shown now or never again; the old address ends."""
    secret = secrets.token_urlsafe(32)
    RotaFeed.objects.update_or_create(counsellor=counsellor, defaults={"secret_hash": feed_secret_hash(secret), "reset_at": at})
    return secret


def end_feed(counsellor: Counsellor) -> bool:
    """Whether there was an address; it answers nobody any more."""
    return bool(RotaFeed.objects.filter(counsellor=counsellor).delete()[0])


@dataclass(frozen=True)
class FeedEntry:
    """One entry of a counsellor's calendar: a shift, or what absences leave of it."""

    uid: uuid.UUID
    span: Interval
    channel: str
    sequence: int
    changed_at: datetime | None


def feed_by_secret(secret_hash: bytes) -> RotaFeed | None:
    """Whose feed this is, found by the hash in the index: nothing is compared that someone could time. None when it was reset."""
    feeds = RotaFeed.objects.select_related("counsellor")
    return feeds.filter(Counsellor.answering("counsellor__"), secret_hash=secret_hash).first()


def feed_calendar(feed: RotaFeed, *, at: datetime) -> bytes:
    """Published shifts from four weeks ago on, without the time for which they are away, and what was cancelled of what stood there. The
    same rows make the same bytes.

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
    for entry in feed_entries(feed.counsellor_id, at=at):
        event = _event(entry.uid, entry.span, entry.sequence, max(feed.reset_at, entry.changed_at or feed.reset_at))
        event.add("summary", f"On duty: {channel_words(entry.channel)}")
        event.add_component(_alarm())
        file.add_component(event)
    for gone in CancelledEntry.objects.filter(feed=feed, ends_at__gt=at - CANCELLED_FOR):
        event = _event(gone.uid, Interval(gone.starts_at, gone.ends_at), gone.sequence, gone.cancelled_at)
        # For programs that show it all the same: it says so in words, and takes no time.
        event.add("summary", "Cancelled: no longer on duty")
        event.add("status", "CANCELLED")
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    return calendar_bytes(file)


def feed_entries(counsellor: int, *, at: datetime) -> list[FeedEntry]:
    """What the calendar of this counsellor shows: each published shift, in one piece or in more; in two queries."""
    since = at - BACK
    absences = Absence.objects.filter(counsellor=counsellor, ends_at__gt=since)
    away = [Interval(*ends) for ends in absences.values_list("starts_at", "ends_at")]
    shifts = Shift.objects.filter(counsellor=counsellor, state=Shift.State.PUBLISHED, ends_at__gt=since).order_by("starts_at")
    return [
        FeedEntry(_uid(shift, piece), piece, shift.channel, shift.sequence, shift.changed_at)
        for shift in shifts
        for piece in subtract_intervals([Interval(shift.starts_at, shift.ends_at)], away)
    ]


def _uid(shift: Shift, piece: Interval) -> uuid.UUID:
    """The shift keeps its name when it moves, so that programs move it instead of adding another; the name tells nothing. What an absence
    leaves of it is named for its times.
    """
    whole = piece == Interval(shift.starts_at, shift.ends_at)
    return uuid.uuid5(OF_SHIFTS, f"shift {shift.pk}" if whole else f"shift {shift.pk} {piece.start.isoformat()} {piece.end.isoformat()}")


def _alarm() -> icalendar.Alarm:
    """An hour before, in programs that let a calendar from the internet ring (RFC 5545, section 3.6.6)."""
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "On duty in an hour")
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm


def _event(uid: uuid.UUID, span: Interval, sequence: int, changed_at: datetime) -> icalendar.Event:
    """By when it last changed, and how often it did, a program knows which of two is newer (RFC 5546, section 2.1.5)."""
    event = icalendar.Event()
    event.add("uid", str(uid))
    event.add("dtstamp", changed_at.replace(microsecond=0))
    event.add("last-modified", changed_at.replace(microsecond=0))
    event.add("sequence", sequence)
    event.add("dtstart", span.start)
    event.add("dtend", span.end)
    event.add("class", "PRIVATE")
    return event
