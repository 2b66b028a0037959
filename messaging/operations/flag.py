"""Raises a conversation to the lead, with a reason of fixed codes, and takes the flag down again."""

from datetime import datetime

from django.db import transaction

from helpline.models.audit import Action
from messaging.encoding import demand
from messaging.models import Conversation, DeskMember, FlagReason, RoutingEvent
from messaging.operations.acts import note_act
from messaging.operations.held import locked_for, note_event
from messaging.problems import Problem

Kind = RoutingEvent.Kind


def flag(member: DeskMember, conversation_id: bytes, reason: str | None, *, lead: bool, at: datetime) -> Conversation:
    """The conversation, flagged; whoever reads it may raise it. With None the flag is down, which is the lead's to do.

    Raises:
        Malformed: a reason that is none.
        Problem: not-found; not-allowed.
    """
    demand(reason is None or reason in FlagReason.values, "the reason is not one of the codes")
    if reason is None and not lead:
        raise Problem("not-allowed", "Only the lead takes a flag down.")
    with transaction.atomic():
        thread = locked_for(member, conversation_id, lead=True)
        if thread.flag_reason != (reason or ""):
            thread.flagged, thread.flag_reason = reason is not None, reason or ""
            thread.save(update_fields=["flagged", "flag_reason"])
            # Not which reason: the person sees these events at /kept, and some reasons are better told by a counsellor.
            kind, why = (Kind.FLAGGED, "Raised to the lead.") if reason else (Kind.UNFLAGGED, "The lead has looked at it.")
            note_event(thread, kind, member, why, at=at)
            note_act(member, Action.FLAGGED if reason else Action.FLAG_DOWN, at=at)
    return thread
