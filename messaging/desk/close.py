"""Ends a conversation, with wrap-up codes that are counted and not kept with it. It opens again when the person writes."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F

from helpline.calendar.wall_clock import monday_of
from helpline.models.audit import Action as AuditAction
from messaging import trigger
from messaging.conversations.audit_trail import closures_within_hour, note_conversation_act, tell_of_unusual
from messaging.conversations.locking import forget_visit_times, lock_for_holder, note_routing_event
from messaging.conversations.unusual_acts import CountedAct
from messaging.http.problems import Problem
from messaging.models import Conversation, DeskMember, RoutingEvent, WrapUpSum
from messaging.protocol.days import day_on
from messaging.protocol.encoding import encode
from messaging.routing.talk_policy import TalkEnding
from messaging.talks.ending import end_talk_of

Kind = WrapUpSum.Kind


@dataclass(frozen=True)
class WrapUp:
    """Fixed codes, each of those there are and none twice; none of them can tell who someone is."""

    route: str
    actions: tuple[str, ...] = ()
    signposts: tuple[str, ...] = ()


def close_conversation(member: DeskMember, conversation_id: bytes, wrap_up: WrapUp, *, at: datetime) -> Conversation:
    """The conversation, now closed; closing it twice changes nothing and counts once.

    Raises:
        Problem: not-found; not-yours; conflict, with the head, when the person wrote something that this counsellor was not given yet.
    """
    with transaction.atomic():
        conversation = lock_for_holder(member, conversation_id)
        if conversation.state == Conversation.State.CLOSED:
            return conversation
        if conversation.shown < conversation.received:
            raise Problem("conflict", head={"sequence": conversation.received, "hash": encode(conversation.received_hash)})
        conversation.state, conversation.seen = Conversation.State.CLOSED, conversation.shown
        conversation.snoozed_until = conversation.handed_by = conversation.kept_until = None
        forget_visit_times(conversation)
        conversation.save(
            update_fields=["state", "seen", "unrouted_since", "waiting_since", "due_at", "snoozed_until", "handed_by", "kept_until"]
        )
        note_routing_event(conversation, RoutingEvent.Kind.CLOSED, member, "The counsellor has closed it.", at=at)
        note_conversation_act(member, AuditAction.CLOSED, at=at)
        tell_of_unusual(member, CountedAct.CLOSED, closures_within_hour(member, at=at), at=at)
        end_talk_of(conversation.pk, TalkEnding.COUNSELLOR, at=at)
        # After the commit, in a transaction of its own: not even the database's own numbers lead from a sum to a conversation.
        transaction.on_commit(partial(_count, wrap_up, at), robust=True)
        transaction.on_commit(trigger.request_routing)
    return conversation


def _count(wrap_up: WrapUp, at: datetime) -> None:
    week = monday_of(day_on(at))
    given = [(Kind.CLOSED, ""), (Kind.ROUTE, wrap_up.route)]
    given += [(Kind.ACTION, code) for code in wrap_up.actions] + [(Kind.SIGNPOST, code) for code in wrap_up.signposts]
    given.sort()  # Two that count at once lock the rows in the same order.
    WrapUpSum.objects.bulk_create([WrapUpSum(week=week, kind=kind, code=code) for kind, code in given], ignore_conflicts=True)
    for kind, code in given:
        WrapUpSum.objects.filter(week=week, kind=kind, code=code).update(number=F("number") + 1)
