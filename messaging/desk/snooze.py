"""Puts a conversation out of sight until an instant, and back. The lists show it again by the clock alone; `wake` routes it again."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from helpline import calendar
from helpline.calendar.wall_clock import at_minute, local_date
from helpline.hours.channels import channel_calendar
from helpline.models.audit import Action
from helpline.organisation import organisation
from messaging.conversations.audit_trail import note_conversation_act
from messaging.conversations.locking import lock_for_holder, note_routing_event
from messaging.http.problems import Problem
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.protocol.encoding import Malformed, within

LONGEST_DAYS = 92
NINE = 9 * 60
Kind = RoutingEvent.Kind


def waking_instant(until: str, *, at: datetime) -> datetime:
    """`next-opening`, `tomorrow` (at nine) or a date (at its opening, at nine when there is none), in the organisation's own time.

    Raises:
        Malformed: something else, a date that is not among the next three months', or the next opening when messages never open again.
    """
    own = organisation()
    zone = ZoneInfo(own.time_zone)
    today = local_date(at, zone)
    if until == "tomorrow":
        return at_minute(today + timedelta(days=1), NINE, zone)
    hours = channel_calendar(own, channel="messages", at=at)
    if until == "next-opening":
        return _next_opening(hours, at)
    try:
        day = date.fromisoformat(until)
    except ValueError as error:
        raise Malformed("the time to wake is none of those that can be asked for") from error
    if not today < day <= today + timedelta(days=LONGEST_DAYS):
        raise Malformed("the day to wake is not among those of the next three months")
    opens = hours.on(day)
    return opens[0].start if opens else at_minute(day, NINE, zone)


def _next_opening(hours: calendar.Calendar, at: datetime) -> datetime:
    opening = next((found for found in hours.openings(at) if found.start > at), None)
    if opening is None:
        raise Malformed("messages have no next opening time")
    return opening.start


def snooze_conversation(member: DeskMember, conversation_id: bytes, until: str | None, *, at: datetime) -> Conversation:
    """The conversation, out of its counsellor's sight until then; with None it is back at once. What was promised to the person stands.

    Raises:
        Malformed: an instant that cannot be asked for.
        Problem: not-found; not-yours, also for one that is closed or waits for anyone.
    """
    with within("until"):
        wakes = None if until is None else waking_instant(until, at=at)
    with transaction.atomic():
        conversation = lock_for_holder(member, conversation_id)
        if conversation.state not in {Conversation.State.ASSIGNED, Conversation.State.ANSWERED}:
            raise Problem("not-yours", "You can snooze only an open conversation of your own.")
        if conversation.snoozed_until != wakes:
            conversation.snoozed_until = wakes
            conversation.save(update_fields=["snoozed_until"])
            kind, why = (
                (Kind.SNOOZED, "The counsellor will look at it again later.") if wakes else (Kind.WOKEN, "The counsellor has it back.")
            )
            note_routing_event(conversation, kind, member, why, at=at)
            note_conversation_act(member, Action.SNOOZED if wakes else Action.WOKEN, at=at)
    return conversation
