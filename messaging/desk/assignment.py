"""Who has a conversation: a counsellor claims it or gives it back; a lead hands it over or takes it over."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import NullIf

from helpline.models.audit import Action
from messaging import trigger
from messaging.conversations.audit_trail import note_conversation_act, tell_holder_of_act
from messaging.conversations.find import find_conversation, holder_name
from messaging.conversations.locking import lock_for_holder, note_routing_event
from messaging.desk.flag import note_flag_opened
from messaging.desk.notes import AT_DESK
from messaging.http.problems import Problem
from messaging.keys.desk_knowledge import could_read_today, demand_reader
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.protocol.encoding import demand, within
from messaging.routing.queue import queue_position
from messaging.talks.moves import talk_follows

State = Conversation.State
Kind = RoutingEvent.Kind
GIVEN_BACK = {"member": None, "handed_by": None, "snoozed_until": None, "kept_until": None}


def claim_conversation(member: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation, now the member's; claiming one's own again changes nothing. A claim may go above the cap: the counsellor's choice.

    Raises:
        Problem: not-found; not-allowed, for a counsellor who could not open it; taken, by the counsellor who has it.
    """
    with transaction.atomic():
        # The same lock that routing takes first, so that what routing counted is still true when it decides.
        DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        demand_reader(member, at=at)
        free = Conversation.objects.filter(conversation_id=conversation_id, state=State.WAITING)
        free.exclude(member=member).update(shown=F("seen"))
        # Whoever it came from when their shift ended is still named, unless it is the same counsellor again.
        came = NullIf(F("handed_by"), Value(member.pk))
        taken = {"state": State.ASSIGNED, "member": member, "unrouted_since": None, "released_by": None, "snoozed_until": None}
        if free.update(**taken, handed_by=came, kept_until=None):
            conversation = find_conversation(conversation_id)
            note_routing_event(conversation, RoutingEvent.Kind.CLAIMED, member, "The counsellor took it from the queue.", at=at)
            note_conversation_act(member, Action.TAKEN, at=at)
            return conversation
    conversation = find_conversation(conversation_id)
    if conversation.member_id != member.pk:
        name = holder_name(conversation)
        raise Problem("taken", f"{name} has this conversation." if name else "Nobody is waiting in this conversation.", by=name)
    return conversation


def hand_over_conversation(member: DeskMember, conversation_id: bytes, to: bytes, *, at: datetime) -> Conversation:
    """The conversation, now the named counsellor's, who may be above the cap: both know it. Doing it twice is doing it once.

    Raises:
        Malformed: to oneself.
        Problem: not-found, also for someone who is not at the desk, or could not open it; not-yours, also for one that is closed.
    """
    with within("to"):
        demand(to != member.public_id, "nobody hands over to themselves")
    with transaction.atomic():
        # The same lock that routing takes first, so that what routing counted is still true when it decides.
        other = DeskMember.objects.select_for_update(no_key=True, of=("self",)).filter(AT_DESK, public_id=to).first()
        if other is None or not could_read_today(other, at=at):
            raise Problem("not-found", "That counsellor is not at the desk.")
        conversation = lock_for_holder(member, conversation_id, lead=True)
        if (conversation.member_id, conversation.handed_by_id) == (other.pk, member.pk):
            return conversation
        lock_for_holder(member, conversation_id)
        if conversation.state == State.CLOSED:
            raise Problem("not-yours", "It is closed.")
        _goes_to(conversation, other)
        note_routing_event(conversation, Kind.HANDED, other, "The counsellor who had it handed it over to a named colleague.", at=at)
        note_conversation_act(member, Action.HANDED_OVER, at=at)
        talk_follows(conversation.pk, other, at=at)
        transaction.on_commit(trigger.request_routing)
    return conversation


def take_over_conversation(lead: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation, now the lead's, no matter who had it; taking over one's own changes nothing.

    Raises:
        Problem: not-found; not-allowed, for a lead who could not open it.
    """
    with transaction.atomic():
        DeskMember.objects.select_for_update(no_key=True).get(pk=lead.pk)
        demand_reader(lead, at=at)
        conversation = lock_for_holder(lead, conversation_id, lead=True)
        if conversation.member_id == lead.pk and conversation.state != State.WAITING:
            return conversation
        tell_holder_of_act(conversation, lead)
        _goes_to(conversation, lead)
        note_routing_event(conversation, Kind.TAKEN_OVER, lead, "The lead took it over.", at=at)
        note_conversation_act(lead, Action.TAKEN_OVER, at=at)
        note_flag_opened(conversation, lead, at=at)
        talk_follows(conversation.pk, lead, at=at)
        transaction.on_commit(trigger.request_routing)
    return conversation


def _goes_to(conversation: Conversation, other: DeskMember) -> None:
    before = conversation.member_id
    if before != other.pk:
        conversation.handed_by_id, conversation.shown = before, conversation.seen
    conversation.member, conversation.released_by, conversation.snoozed_until, conversation.kept_until = other, None, None, None
    if conversation.state == State.WAITING:
        conversation.state = State.ASSIGNED
    if conversation.state == State.ASSIGNED:
        conversation.unrouted_since = None
    conversation.save(
        update_fields=["member", "handed_by", "released_by", "shown", "snoozed_until", "state", "unrouted_since", "kept_until"]
    )


def give_back_conversation(member: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation, which waits again and is not given back to this counsellor; releasing it twice changes nothing.

    An answered one has nobody waiting: it is only no longer this counsellor's, and the person's next message goes to a counsellor on duty.

    Raises:
        Problem: not-found; not-yours.
    """
    with transaction.atomic():
        held = Conversation.objects.filter(conversation_id=conversation_id, member=member)
        waits = held.filter(state=State.ASSIGNED).update(
            **GIVEN_BACK, state=State.WAITING, released_by=member, unrouted_since=queue_position(at)
        )
        if waits or held.filter(state__in=[State.ANSWERED, State.CLOSED]).update(**GIVEN_BACK, released_by=member):
            conversation = find_conversation(conversation_id)
            note_routing_event(conversation, RoutingEvent.Kind.RELEASED, member, "The counsellor gave it back.", at=at)
            note_conversation_act(member, Action.GIVEN_BACK, at=at)
            transaction.on_commit(trigger.request_routing)
            return conversation
    conversation = find_conversation(conversation_id)
    if conversation.released_by_id != member.pk:
        raise Problem(
            "not-yours", f"{holder_name(conversation)} has this conversation." if conversation.member else "Nobody has this conversation."
        )
    return conversation
