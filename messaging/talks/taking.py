"""A counsellor takes the live talk that is offered to them, lets it pass, or ends the one that they have."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max

from helpline.models.audit import Action
from messaging.conversations.audit_trail import note_conversation_act
from messaging.conversations.locking import lock_existing, note_routing_event
from messaging.http.problems import Problem
from messaging.http.timestamps import rfc3339_or_null
from messaging.keys.desk_knowledge import demand_reader
from messaging.models import Conversation, DeskMember, RoutingEvent, Talk, TalkRest
from messaging.protocol.encoding import encode
from messaging.routing.talk_policy import OFFER, QUIET, TalkEnding, is_idle, told_closing
from messaging.talks.able import able_to_talk
from messaging.talks.bells import ring_talk
from messaging.talks.ending import end_talk
from messaging.talks.moves import closing_time, move_talks
from messaging.talks.readiness import note_not_ready, note_ready
from messaging.talks.sums import count_taken

State = Talk.State
WHY = "The counsellor took the live talk that was offered to them."
GONE = "This talk is no longer offered to you."


def desk_talks(member: DeskMember, *, here: bool, at: datetime) -> dict[str, Any]:
    """What is offered to the member, and the talks that they have. `here` says that their desk is unlocked and takes talks: so they count.

    An offer rings until `until`; `closes_at` stands from ten minutes before closing, and is when the talk has to be over.
    """
    if here:
        note_ready(member.pk, at=at)
    else:
        note_not_ready(member.pk)
    move_talks(at=at)
    theirs = Talk.objects.filter(member=member, state__in=[State.OFFERED, State.TAKEN]).select_related("conversation").order_by("asked_at")
    rows = list(theirs)
    quiet = TalkRest.objects.filter(member=member, until__gt=at, until__lte=at + QUIET).aggregate(until=Max("until"))["until"]
    return {
        "able": here and member.counsellor_id in able_to_talk(at),
        "most": member.most_talks,
        "quiet_until": rfc3339_or_null(quiet),
        "offers": [_offer_line(row, member) for row in rows if row.state == State.OFFERED],
        "talks": [_talk_line(row, at) for row in rows if row.state == State.TAKEN],
    }


def _offer_line(row: Talk, member: DeskMember) -> dict[str, Any]:
    assert row.offered_at is not None  # noqa: S101 - the constraint
    return {
        "conversation": encode(row.conversation.conversation_id),
        "asked": rfc3339_or_null(row.asked_at),
        "until": rfc3339_or_null(row.offered_at + OFFER),
        "yours": row.conversation.member_id == member.pk,
    }


def _talk_line(row: Talk, at: datetime) -> dict[str, Any]:
    assert row.active_at is not None  # noqa: S101 - the constraint
    return {
        "conversation": encode(row.conversation.conversation_id),
        "since": rfc3339_or_null(row.taken_at),
        "unread": row.conversation.received - row.conversation.shown,
        "closes_at": rfc3339_or_null(told_closing(row.closes_at, at)),
        "idle": is_idle(row.active_at, at),
    }


def take_talk(member: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation, now the member's and talked in; taking it twice changes nothing.

    Raises:
        Problem: not-found; not-allowed, for someone who could not open it; taken, once it is no longer offered to this member.
    """
    with transaction.atomic():
        # The same lock that routing and the offers take first, so that what they counted is still true when they decide.
        DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        conversation = lock_existing(conversation_id)
        if Talk.objects.filter(conversation=conversation, state=State.TAKEN, member=member).exists():
            return conversation
        demand_reader(member, at=at)
        is_open, closes = closing_time(at)
        offered = Talk.objects.filter(conversation=conversation, state=State.OFFERED, member=member, offered_at__gt=at - OFFER)
        asked_at = offered.values_list("asked_at", flat=True).first()
        now = {"state": State.TAKEN, "taken_at": at, "active_at": at, "offered_at": None, "closes_at": closes}
        if asked_at is None or not is_open or not offered.update(**now):
            raise Problem("taken", GONE, by=None)
        _give(conversation, member)
        DeskMember.objects.filter(pk=member.pk).update(turn=DeskMember.newest_turn() + 1)
        note_routing_event(conversation, RoutingEvent.Kind.CLAIMED, member, WHY, at=at)
        note_conversation_act(member, Action.TAKEN, at=at, what="live talk")
        transaction.on_commit(partial(count_taken, asked_at=asked_at, at=at))
        ring_talk(Talk(conversation=conversation))
    return conversation


def _give(conversation: Conversation, member: DeskMember) -> None:
    """The counsellor who had it is named, as when it is handed over; the person who waits in it is the new holder's to answer."""
    before = conversation.member_id
    if before != member.pk:
        conversation.handed_by_id, conversation.shown = before, conversation.seen
    conversation.member, conversation.state = member, Conversation.State.ASSIGNED
    conversation.released_by = conversation.unrouted_since = conversation.snoozed_until = conversation.kept_until = None
    fields = ["member", "handed_by", "shown", "state", "released_by", "unrouted_since", "snoozed_until", "kept_until"]
    conversation.save(update_fields=fields)


def decline_talk(member: DeskMember, conversation_id: bytes, *, at: datetime) -> None:
    """It goes to the next at once. What is no longer offered to the member stays as it is.

    Raises:
        Problem: not-found.
    """
    with transaction.atomic():
        conversation = lock_existing(conversation_id)
        talk = Talk.objects.select_for_update().filter(conversation=conversation, state=State.OFFERED, member=member).first()
        if talk is None:
            return
        passed = sorted({*talk.passed, member.pk})
        Talk.objects.filter(pk=talk.pk).update(state=State.WAITING, member=None, offered_at=None, passed=passed)
        note_conversation_act(member, Action.REFUSED, at=at, what="live talk")
        ring_talk(talk)
    move_talks(at=at)


def finish_talk(member: DeskMember, conversation_id: bytes, *, at: datetime) -> None:
    """The counsellor ends the talk that they have; ending it twice changes nothing. The conversation stays theirs.

    Raises:
        Problem: not-found; not-yours, for a talk of someone else.
    """
    with transaction.atomic():
        conversation = lock_existing(conversation_id)
        talk = Talk.objects.select_for_update().filter(conversation=conversation, state=State.TAKEN).first()
        if talk is None:
            return
        if talk.member_id != member.pk:
            raise Problem("not-yours", "Someone else has this talk.")
        end_talk(talk, TalkEnding.COUNSELLOR, at=at)
        note_conversation_act(member, Action.ENDED, at=at, what="live talk")
