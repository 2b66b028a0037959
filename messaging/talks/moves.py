"""Moves live talks on by the clock: offers that nobody took, patience that is over, talks that end. Every look asks, and the sweeper."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from helpline.hours.channels import channel_calendar
from helpline.organisation import organisation
from messaging.models import Conversation, DeskMember, Talk, TalkRest
from messaging.routing.talk_policy import (
    GRACE,
    IDLE,
    LAST_WORD,
    QUIET,
    OngoingTalk,
    RequestedTalk,
    TalkCandidate,
    TalkDecision,
    TalkEnding,
    TalkHandover,
    TalkOffer,
    decide_requests,
    decide_talk,
)
from messaging.talks.able import able_to_talk, talk_candidates
from messaging.talks.bells import ring_talk
from messaging.talks.ending import end_talk

State = Talk.State
# How a talk ended is told for so long, and then there is no trace that there was one.
TOLD_FOR = timedelta(minutes=10)
ASKED = (State.WAITING, State.OFFERED)
AGAIN: dict[str, Any] = {"state": State.WAITING, "member": None, "offered_at": None, "taken_at": None, "active_at": None, "closes_at": None}


def move_talks(*, at: datetime) -> int:
    """How many were moved on. It may run at any time, twice, at once; where there is no talk it is one query."""
    known = list(Talk.objects.values_list("state", flat=True))
    if not known:
        return 0
    moved = 0
    if any(state in ASKED for state in known):
        moved += move_requests(at=at)
    if State.TAKEN in known:
        moved += _move_ongoing(at=at)
    Talk.objects.filter(state=State.ENDED, ended_at__lte=at - TOLD_FOR).delete()
    TalkRest.objects.filter(until__lte=at).delete()
    return moved


def closing_time(at: datetime) -> tuple[bool, datetime | None]:
    """Whether live talk is open at `at` by its calendar, and when that ends; five queries."""
    opening = next(channel_calendar(organisation(), channel="live", at=at).openings(at), None)
    return (True, opening.end) if opening is not None and at in opening else (False, None)


def move_requests(*, at: datetime) -> int:
    """The counsellors are locked first, as when one takes what is offered: nobody is offered two, and nobody is counted wrongly."""
    is_open, _closes = closing_time(at)
    with transaction.atomic():
        able = talk_candidates(at, lock=True) if is_open else []
        # Whoever is taking, withdrawing or moving one at this moment decides about it.
        asked = Talk.objects.select_for_update(skip_locked=True, of=("self",)).select_related("conversation").filter(state__in=ASKED)
        rows = {row.pk: row for row in asked.order_by("asked_at", "pk")}
        _forgive_clock(rows.values(), at)
        _count_offers_elsewhere(able, rows)
        requests = [
            RequestedTalk(row.pk, row.asked_at, row.member_id, row.offered_at, frozenset(row.passed), row.conversation.member_id)
            for row in rows.values()
        ]
        decided = decide_requests(requests, able, is_open=is_open, at=at)
        # What is over first: two offers may change places, and nobody has two before them even for a moment.
        _take_back(rows[pk] for pk, decision in decided if isinstance(decision, TalkOffer))
        return sum(_write(rows[pk], decision, at) for pk, decision in sorted(decided, key=lambda each: isinstance(each[1], TalkOffer)))


def _forgive_clock(rows: Iterable[Talk], at: datetime) -> None:
    """What was asked for at a time that is yet to come was asked for before a clock was set back."""
    for row in rows:
        if row.asked_at > at:
            row.asked_at, row.offered_at = at, None if row.offered_at is None else at
            row.save(update_fields=["asked_at", "offered_at"])


def _count_offers_elsewhere(able: list[TalkCandidate], rows: dict[int, Talk]) -> None:
    """Of the offers that are looked at here the policy keeps count; of those that are locked elsewhere nobody knows, and they stand."""
    here = {row.member_id for row in rows.values()}
    for one in able:
        one.offered = one.offered and one.member not in here


def _take_back(rows: Iterable[Talk]) -> None:
    offered = [row for row in rows if row.state == State.OFFERED]
    Talk.objects.filter(pk__in=[row.pk for row in offered]).update(state=State.WAITING, member=None, offered_at=None)
    for row in offered:
        row.state, row.member, row.offered_at = State.WAITING, None, None


def _write(row: Talk, decision: TalkDecision, at: datetime) -> bool:
    if decision is None:
        return False
    if isinstance(decision, TalkEnding):
        return end_talk(row, decision, at=at)
    still = Talk.objects.filter(pk=row.pk, state=row.state, member=row.member_id)
    if isinstance(decision, TalkOffer):
        now = {"state": State.OFFERED, "member": decision.member, "offered_at": max(at, row.asked_at)}
    elif row.state == State.WAITING and set(row.passed) == decision.passed:
        return False
    else:
        now = {"state": State.WAITING, "member": None, "offered_at": None}
    ring_talk(row)
    return bool(still.update(**now, passed=sorted(decision.passed)))


def _move_ongoing(*, at: datetime) -> int:
    """Of those alone that something has become of: each page of each talk asks every few seconds, and nearly all go on as they are."""
    is_open, closes = closing_time(at)
    moving = _over(at) | _elsewhere() | (~Q(closes_at=closes) if is_open else Q(closes_at=None) | Q(closes_at__gt=at))
    if not Talk.objects.filter(moving, state=State.TAKEN).exists():
        return 0
    able = set(DeskMember.objects.filter(counsellor__in=able_to_talk(at)).values_list("pk", flat=True))
    moved = 0
    with transaction.atomic():
        taken = Talk.objects.select_for_update(skip_locked=True, of=("self",)).select_related("conversation")
        for row in taken.filter(moving, state=State.TAKEN).order_by("pk"):
            # Hours that were changed, or a closure that was announced, count from now on; what has closed stays closed since then.
            ends = closes if is_open else at if row.closes_at is None else min(row.closes_at, at)
            if row.closes_at != ends:
                Talk.objects.filter(pk=row.pk, state=State.TAKEN).update(closes_at=ends)
            member, active = row.member_id, row.active_at
            assert member is not None  # noqa: S101 - the constraint
            assert active is not None  # noqa: S101
            held = row.conversation.member_id if row.conversation.state != Conversation.State.WAITING else None
            decision = decide_talk(OngoingTalk(row.pk, member, active, ends, held), able, at=at)
            if isinstance(decision, TalkEnding):
                moved += end_talk(row, decision, at=at)
            elif isinstance(decision, TalkHandover):
                moved += follow_talk(row, decision.member, at=at)
    return moved


def _over(at: datetime) -> Q:
    """Those which the policy may end by the clock."""
    return Q(closes_at__lte=at - GRACE) | Q(active_at__lte=at - IDLE - LAST_WORD)


def _elsewhere() -> Q:
    """Those whose conversation someone else has, or nobody."""
    return Q(conversation__state=Conversation.State.WAITING) | ~Q(conversation__member=F("member"))


def follow_talk(talk: Talk, member: int | None, *, at: datetime) -> int:
    """A talk goes on with another counsellor; with nobody, it is asked for again as if it were new. In a transaction.

    The counsellor who had it has quiet, as after any talk, and is not asked again.
    """
    now = {"member": member} if member is not None else AGAIN | {"asked_at": at, "passed": [talk.member_id]}
    moved = Talk.objects.filter(pk=talk.pk, state=State.TAKEN, member=talk.member_id).update(**now)
    if moved and talk.member is not None:
        TalkRest.objects.create(member=talk.member, until=at + QUIET)
        ring_talk(talk)
    return moved


def talk_follows(conversation: int, member: DeskMember, *, at: datetime) -> None:
    """Someone was given the conversation by name, or took it over: its talk is theirs too. Under its lock, in a transaction."""
    talk = Talk.objects.select_for_update().filter(conversation=conversation, state=State.TAKEN).exclude(member=member).first()
    if talk is not None:
        follow_talk(talk, member.pk, at=at)
