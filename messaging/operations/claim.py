"""A counsellor takes a conversation that nobody has."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import NullIf

from helpline.models.audit import Action
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.operations.acts import note_act
from messaging.operations.held import note_event
from messaging.problems import Problem
from messaging.queries.able import demand_reader
from messaging.queries.desk import find_thread, name_of

State = Conversation.State


def claim(member: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation, now the member's; claiming one's own again changes nothing. A claim may go above the cap: the counsellor's choice.

    Raises:
        Problem: not-found; not-allowed, for whoever could not open it; taken, by whoever has it.
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
            thread = find_thread(conversation_id)
            note_event(thread, RoutingEvent.Kind.CLAIMED, member, "The counsellor took it from those that wait.", at=at)
            note_act(member, Action.TAKEN, at=at)
            return thread
    thread = find_thread(conversation_id)
    if thread.member_id != member.pk:
        name = name_of(thread)
        raise Problem("taken", f"{name} has this conversation." if name else "Nobody waits in this conversation.", by=name)
    return thread
