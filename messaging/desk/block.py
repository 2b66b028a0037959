"""For some days a person cannot write on: after abuse, and told plainly until when. It ends automatically."""

from datetime import datetime, timedelta

from django.db import transaction

from helpline.hours.channels import channel_reply_by
from helpline.models.audit import Action
from helpline.models.audit import Kind as AuditKind
from messaging import trigger
from messaging.conversations.audit_trail import (
    NO_DAYS,
    blocks_within_hour,
    note_conversation_act,
    tell_holder_of_act,
    tell_leads_of_block,
    tell_of_unusual,
)
from messaging.conversations.locking import forget_visit_times, lock_for_holder, note_routing_event
from messaging.conversations.unusual_acts import CountedAct
from messaging.http.problems import Problem
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.protocol.encoding import demand, within
from messaging.routing.talk_policy import TalkEnding
from messaging.talks.ending import end_talk_of

DAYS = (1, 3, 7, 30)
# Longer, or more people within an hour, takes a lead.
LONGEST_ALONE, MOST_ALONE = 3, 3
Kind, State = RoutingEvent.Kind, Conversation.State
TIMES = ("unrouted_since", "waiting_since", "due_at")


def block_person(member: DeskMember, conversation_id: bytes, days: int | None, *, lead: bool, at: datetime) -> Conversation:
    """The conversation, in which the person cannot write for so many days; with None they can at once.

    While they cannot, nobody waits in it: it is no open work, takes no place of the cap, and nothing is promised. Where they had not been
    answered, lifting the block makes them wait from then on; a block that ends automatically leaves it as it is, until they write.

    Raises:
        Malformed: another number of days.
        Problem: not-found; not-yours, but for the lead; not-allowed, for a counsellor who blocks for longer than three days, or more than
            three people within an hour.
    """
    with within("days"):
        demand(days is None or (type(days) is int and days in DAYS), "a block is for 1, 3, 7 or 30 days")
    with transaction.atomic():
        conversation = lock_for_holder(member, conversation_id, lead=lead)
        if days is None and conversation.blocked_until is None:
            return conversation
        if days is not None and not lead:
            _demand_lead(member, days, at)
        conversation.blocked_until = None if days is None else at + timedelta(days=days)
        if days is None:
            _waits_again(conversation, at)
        elif conversation.state in {State.WAITING, State.ASSIGNED}:
            _waits_no_more(conversation, member)
        conversation.save(update_fields=["blocked_until", "state", "member", "snoozed_until", "kept_until", *TIMES, "reminded"])
        kind, why = (Kind.UNBLOCKED, "The person can write again.") if days is None else (Kind.BLOCKED, f"For {days} days, after abuse.")
        note_routing_event(conversation, kind, member, why, at=at)
        length = NO_DAYS if days is None else "1 day" if days == 1 else f"{days} days"
        note_conversation_act(member, Action.CHANGED, at=at, what="block", kind=AuditKind.BLOCKS, fields=[length])
        if days is not None:
            tell_of_unusual(member, CountedAct.BLOCKED, blocks_within_hour(member, at=at), at=at)
            end_talk_of(conversation.pk, TalkEnding.COUNSELLOR, at=at)
            tell_leads_of_block(member)
            tell_holder_of_act(conversation, member)
        transaction.on_commit(trigger.request_routing)  # There is room for one that waits, or one more waits.
    return conversation


def _demand_lead(member: DeskMember, days: int, at: datetime) -> None:
    """Raises Problem not-allowed. The counsellor's own row is locked: of two blocks at once, the second is counted with the first."""
    DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
    if days > LONGEST_ALONE:
        raise Problem("not-allowed", f"For more than {LONGEST_ALONE} days a lead blocks. Raise the conversation to a lead.")
    if blocks_within_hour(member, at=at) >= MOST_ALONE:
        raise Problem("not-allowed", f"You blocked {MOST_ALONE} people within an hour. For the next, raise it to a lead.")


def _waits_no_more(conversation: Conversation, member: DeskMember) -> None:
    """What nobody had is the lead's who blocked it: someone must be able to lift it."""
    conversation.state, conversation.snoozed_until, conversation.kept_until = State.ANSWERED, None, None
    conversation.member = conversation.member or member
    forget_visit_times(conversation)


def _waits_again(conversation: Conversation, at: datetime) -> None:
    """Only a person who had no answer yet, in a conversation that nobody has closed since."""
    if conversation.state != State.ANSWERED or conversation.seen >= conversation.received or conversation.member is None:
        return
    conversation.state, conversation.reminded = State.ASSIGNED, 0
    conversation.unrouted_since = conversation.waiting_since = at
    conversation.due_at = channel_reply_by(channel="messages", at=at)
