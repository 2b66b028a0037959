"""A conversation goes from one counsellor to another: handed over by name, or taken over by the lead."""

from datetime import datetime

from django.db import transaction

from helpline.models.audit import Action
from messaging import nudge
from messaging.encoding import demand
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.operations.acts import note_act, tell_holder
from messaging.operations.flag import note_opened
from messaging.operations.held import locked_for, note_event
from messaging.problems import Problem
from messaging.queries.able import could_read, demand_reader
from messaging.queries.notes import AT_DESK

State, Kind = Conversation.State, RoutingEvent.Kind


def hand_over(member: DeskMember, conversation_id: bytes, to: bytes, *, at: datetime) -> Conversation:
    """The conversation, now the named counsellor's, who may be above the cap: both know it. Doing it twice is doing it once.

    Raises:
        Malformed: to oneself.
        Problem: not-found, also for somebody who is not at the desk, or could not open it; not-yours, also for one that is closed.
    """
    demand(to != member.public_id, "nobody hands over to themselves")
    with transaction.atomic():
        # The same lock that routing takes first, so that what routing counted is still true when it decides.
        other = DeskMember.objects.select_for_update(no_key=True, of=("self",)).filter(AT_DESK, public_id=to).first()
        if other is None or not could_read(other, at=at):
            raise Problem("not-found", "There is no such counsellor at the desk.")
        thread = locked_for(member, conversation_id, lead=True)
        if (thread.member_id, thread.handed_by_id) == (other.pk, member.pk):
            return thread
        locked_for(member, conversation_id)
        if thread.state == State.CLOSED:
            raise Problem("not-yours", "It is closed.")
        _goes_to(thread, other)
        note_event(thread, Kind.HANDED, other, "The counsellor who had it handed it over by name.", at=at)
        note_act(member, Action.HANDED_OVER, at=at)
        transaction.on_commit(nudge.wake)
    return thread


def take_over(lead: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation, now the lead's, whoever had it; taking over one's own changes nothing.

    Raises:
        Problem: not-found; not-allowed, for a lead who could not open it.
    """
    with transaction.atomic():
        DeskMember.objects.select_for_update(no_key=True).get(pk=lead.pk)
        demand_reader(lead, at=at)
        thread = locked_for(lead, conversation_id, lead=True)
        if thread.member_id == lead.pk and thread.state != State.WAITING:
            return thread
        tell_holder(thread, lead)
        _goes_to(thread, lead)
        note_event(thread, Kind.TAKEN_OVER, lead, "The lead took it over.", at=at)
        note_act(lead, Action.TAKEN_OVER, at=at)
        note_opened(thread, lead, at=at)
        transaction.on_commit(nudge.wake)
    return thread


def _goes_to(thread: Conversation, other: DeskMember) -> None:
    before = thread.member_id
    if before != other.pk:
        thread.handed_by_id, thread.shown = before, thread.seen
    thread.member, thread.released_by, thread.snoozed_until, thread.kept_until = other, None, None, None
    if thread.state == State.WAITING:
        thread.state = State.ASSIGNED
    if thread.state == State.ASSIGNED:
        thread.unrouted_since = None
    thread.save(update_fields=["member", "handed_by", "released_by", "shown", "snoozed_until", "state", "unrouted_since", "kept_until"])
