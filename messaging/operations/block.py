"""For some days a person cannot write on: after abuse, and told plainly until when. It ends by itself."""

from datetime import datetime, timedelta

from django.db import transaction

from helpline.models.audit import Action
from helpline.models.audit import Kind as AuditKind
from messaging.encoding import demand
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.operations.acts import note_act, tell_holder, tell_leads
from messaging.operations.held import locked_for, note_event

DAYS = (1, 3, 7, 30)
Kind = RoutingEvent.Kind


def block(member: DeskMember, conversation_id: bytes, days: int | None, *, lead: bool, at: datetime) -> Conversation:
    """The conversation, in which the person cannot write for so many days; with None they can at once.

    Raises:
        Malformed: another number of days.
        Problem: not-found; not-yours, but for the lead.
    """
    demand(days is None or (type(days) is int and days in DAYS), "a block is for 1, 3, 7 or 30 days")
    with transaction.atomic():
        thread = locked_for(member, conversation_id, lead=lead)
        if days is None and thread.blocked_until is None:
            return thread
        thread.blocked_until = None if days is None else at + timedelta(days=days)
        thread.save(update_fields=["blocked_until"])
        kind, why = (Kind.UNBLOCKED, "The person can write again.") if days is None else (Kind.BLOCKED, f"For {days} days, after abuse.")
        note_event(thread, kind, member, why, at=at)
        length = "no days" if days is None else "1 day" if days == 1 else f"{days} days"
        note_act(member, Action.CHANGED, at=at, what="block", kind=AuditKind.BLOCKS, fields=[length])
        if days is not None:
            tell_leads(member)
            tell_holder(thread, member)
    return thread
