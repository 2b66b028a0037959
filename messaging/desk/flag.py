"""Raises a conversation to the leads, with a reason of fixed codes; notes which lead looked first; and takes the flag down again.

Each step has its line in both logs, in the same transaction: in the conversation's own events, and in the trail of what staff do, where
nothing names the conversation. Not which reason either: the person sees the events at /kept, and some reasons a counsellor tells better.
"""

from datetime import datetime

from django.db import transaction

from helpline.models.audit import Action
from messaging.conversations.audit_trail import note_conversation_act
from messaging.conversations.locking import lock_for_holder, note_routing_event
from messaging.desk.flag_alerts import AlertedLeads, tell_leads_of_flag
from messaging.http.problems import Problem
from messaging.models import Conversation, DeskMember, FlagReason, FlagStep, RoutingEvent
from messaging.protocol.encoding import demand, within

Kind = RoutingEvent.Kind
COLUMNS = ["flagged", "flag_reason", "flagged_by", "flag_told", "flag_told_at", "flag_opened_by", "flag_opened_at"]


def flag_conversation(member: DeskMember, conversation_id: bytes, reason: str, *, at: datetime) -> tuple[Conversation, AlertedLeads | None]:
    """Flags the conversation, and returns it with those who were told. Anyone who reads it may raise the flag.

    The same reason again changes nothing, and tells nobody (None). Another reason is a new flag: no lead has opened that one yet.

    Raises:
        Malformed: a reason that is none.
        Problem: not-found.
    """
    with within("reason"):
        demand(reason in FlagReason.values, "the reason is not one of the codes")
    with transaction.atomic():
        conversation = lock_for_holder(member, conversation_id, lead=True)
        if conversation.flag_reason == reason:
            return conversation, None
        _set(conversation, reason, by=member, at=at)
        note_routing_event(conversation, Kind.FLAGGED, member, "Raised to the lead.", at=at)
        note_conversation_act(member, Action.FLAGGED, at=at)
        return conversation, tell_leads_of_flag(member)


def open_flag(lead: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation, whose flag this lead has looked at; only the first is noted, and never the counsellor who raised it.

    Raises:
        Problem: not-found.
    """
    with transaction.atomic():
        conversation = lock_for_holder(lead, conversation_id, lead=True)
        note_flag_opened(conversation, lead, at=at)
    return conversation


def note_flag_opened(conversation: Conversation, lead: DeskMember, *, at: datetime) -> None:
    """Notes that a lead deals with the flag, so that nobody else is told of it. The transaction holds the conversation's lock."""
    if not conversation.flagged or conversation.flag_opened_at is not None or conversation.flagged_by_id == lead.pk:
        return
    # Since when it was told of counts no more, and goes: it came soon after something that the person did.
    conversation.flag_opened_by, conversation.flag_opened_at, conversation.flag_told_at = lead, at, None
    conversation.save(update_fields=COLUMNS)
    note_routing_event(conversation, Kind.OPENED, lead, "A lead has looked.", at=at)
    note_conversation_act(lead, Action.FLAG_OPENED, at=at)


def take_down_flag(lead: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation without its flag; the view lets leads alone. Taking it down twice changes nothing.

    Raises:
        Problem: not-found.
    """
    with transaction.atomic():
        conversation = lock_for_holder(lead, conversation_id, lead=True)
        if conversation.flagged:
            _set(conversation, "", by=None, at=None)
            note_routing_event(conversation, Kind.UNFLAGGED, lead, "The lead has looked at it.", at=at)
            note_conversation_act(lead, Action.FLAG_DOWN, at=at)
    return conversation


def demand_lead(*, lead: bool) -> None:
    """Raises Problem not-allowed."""
    if not lead:
        raise Problem("not-allowed", "Only a lead can take a flag down.")


def _set(conversation: Conversation, reason: str, *, by: DeskMember | None, at: datetime | None) -> None:
    conversation.flagged, conversation.flag_reason, conversation.flagged_by = bool(reason), reason, by
    conversation.flag_told, conversation.flag_told_at = (FlagStep.LEADS, at) if reason else (FlagStep.NOBODY, None)
    conversation.flag_opened_by = conversation.flag_opened_at = None
    conversation.save(update_fields=COLUMNS)
