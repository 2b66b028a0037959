"""For some days a person cannot write on: after abuse, and told plainly until when. It ends by itself."""

from datetime import datetime, timedelta

from django.db import transaction

from helpline.hours.availability import reply_by
from helpline.models.audit import Action
from helpline.models.audit import Kind as AuditKind
from messaging import trigger
from messaging.conversations.audit_trail import note_act, tell_holder, tell_leads
from messaging.conversations.locking import forget_times, lock_for_holder, note_event
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.protocol.encoding import demand

DAYS = (1, 3, 7, 30)
Kind, State = RoutingEvent.Kind, Conversation.State
TIMES = ("unrouted_since", "waiting_since", "due_at")


def block(member: DeskMember, conversation_id: bytes, days: int | None, *, lead: bool, at: datetime) -> Conversation:
    """The conversation, in which the person cannot write for so many days; with None they can at once.

    While they cannot, nobody waits in it: it is no open work, takes no place of the cap, and nothing is promised. Where they had not been
    answered, lifting the block makes them wait from then on; a block that ends by itself leaves it as it is, until they write.

    Raises:
        Malformed: another number of days.
        Problem: not-found; not-yours, but for the lead.
    """
    demand(days is None or (type(days) is int and days in DAYS), "a block is for 1, 3, 7 or 30 days")
    with transaction.atomic():
        thread = lock_for_holder(member, conversation_id, lead=lead)
        if days is None and thread.blocked_until is None:
            return thread
        thread.blocked_until = None if days is None else at + timedelta(days=days)
        if days is None:
            _waits_again(thread, at)
        elif thread.state in {State.WAITING, State.ASSIGNED}:
            _waits_no_more(thread, member)
        thread.save(update_fields=["blocked_until", "state", "member", "snoozed_until", "kept_until", *TIMES, "reminded"])
        kind, why = (Kind.UNBLOCKED, "The person can write again.") if days is None else (Kind.BLOCKED, f"For {days} days, after abuse.")
        note_event(thread, kind, member, why, at=at)
        length = "no days" if days is None else "1 day" if days == 1 else f"{days} days"
        note_act(member, Action.CHANGED, at=at, what="block", kind=AuditKind.BLOCKS, fields=[length])
        if days is not None:
            tell_leads(member)
            tell_holder(thread, member)
        transaction.on_commit(trigger.request_routing)  # There is room for one that waits, or one more waits.
    return thread


def _waits_no_more(thread: Conversation, member: DeskMember) -> None:
    """What nobody had is the lead's who blocked it: somebody must be able to lift it."""
    thread.state, thread.snoozed_until, thread.kept_until = State.ANSWERED, None, None
    thread.member = thread.member or member
    forget_times(thread)


def _waits_again(thread: Conversation, at: datetime) -> None:
    """Only whoever had not been answered, in a conversation that nobody has closed since."""
    if thread.state != State.ANSWERED or thread.seen >= thread.received or thread.member is None:
        return
    thread.state, thread.reminded = State.ASSIGNED, 0
    thread.unrouted_since = thread.waiting_since = at
    thread.due_at = reply_by(channel="messages", at=at)
