"""The pure policy, by itself: no request is lost, none is offered to two, or to someone who could not take it, and every one ends."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.routing.talk_policy import (
    GRACE,
    IDLE,
    LAST_WORD,
    OFFER,
    PATIENCE,
    OngoingTalk,
    RequestedTalk,
    TalkCandidate,
    TalkDecision,
    TalkEnding,
    TalkHandover,
    TalkOffer,
    TalkPause,
    decide_request,
    decide_requests,
    decide_talk,
    told_closing,
)
from tests.parts.examples import examples

START = datetime(2026, 11, 25, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def someone(member: int, **has: Any) -> TalkCandidate:
    return replace(TalkCandidate(member, open=0, cap=3, talks=0, most=2, turn=member), **has)


def asked(at: datetime = START, **has: Any) -> RequestedTalk:
    return replace(RequestedTalk(1, at), **has)


def offer(*passed: int, to: int) -> TalkOffer:
    return TalkOffer(to, frozenset(passed))


@pytest.mark.parametrize(
    ("able", "decision"),
    [
        ([someone(1, open=1), someone(2)], offer(to=2)),
        ([someone(1, turn=9), someone(2, turn=3)], offer(to=2)),
        ([someone(1, open=3), someone(2, open=2)], offer(to=2)),
        ([someone(1, talks=2, open=4, cap=9), someone(2, open=5, cap=9)], offer(to=2)),
        ([someone(1, talks=1, most=1), someone(2, most=0)], TalkEnding.NO_ROOM),
        ([someone(1, open=3)], TalkEnding.NO_ROOM),
        ([], TalkEnding.NO_ROOM),
        ([someone(1, offered=True)], TalkPause(frozenset())),
        ([someone(1, free_at=START + MINUTE)], TalkPause(frozenset())),
        ([someone(1, free_at=START + PATIENCE)], TalkEnding.NO_ROOM),
        ([someone(1, free_at=START)], offer(to=1)),
    ],
)
def test_who_is_offered_a_talk(able: list[TalkCandidate], decision: TalkDecision) -> None:
    assert decide_request(asked(), able, is_open=True, at=START) == decision


def test_whoever_has_the_conversation_is_asked_first_though_others_have_less() -> None:
    assert decide_request(asked(has_it=2), [someone(1), someone(2, open=2)], is_open=True, at=START) == offer(to=2)


@pytest.mark.parametrize(
    ("after", "decision"),
    [
        (OFFER - SECOND, None),
        (OFFER, offer(1, to=2)),
        (PATIENCE, TalkEnding.NOBODY),
    ],
)
def test_an_offer_is_good_for_half_a_minute(after: timedelta, decision: TalkDecision) -> None:
    request = asked(member=1, offered_at=START)
    assert decide_request(request, [someone(1), someone(2)], is_open=True, at=START + after) == decision


def test_whoever_leaves_the_desk_is_not_waited_for() -> None:
    assert decide_request(asked(member=1, offered_at=START), [someone(2)], is_open=True, at=START + SECOND) == offer(1, to=2)


def test_an_offer_is_not_taken_out_of_anyones_hands_when_patience_ends() -> None:
    late = asked(member=1, offered_at=START + PATIENCE - SECOND)
    assert decide_request(late, [someone(1)], is_open=True, at=START + PATIENCE + SECOND) is None
    assert decide_request(late, [someone(1)], is_open=True, at=START + PATIENCE + OFFER) == TalkEnding.NOBODY


def test_at_closing_no_new_one_begins() -> None:
    assert decide_request(asked(member=1, offered_at=START), [someone(1)], is_open=False, at=START) == TalkEnding.NO_ROOM


def test_a_newer_offer_stands_while_an_older_request_looks_for_someone() -> None:
    older, newer = RequestedTalk(1, START), RequestedTalk(2, START + SECOND, member=1, offered_at=START + SECOND)
    decided = dict(decide_requests([newer, older], [someone(1)], is_open=True, at=START + 2 * SECOND))
    assert decided == {1: TalkPause(frozenset()), 2: None}


def test_two_offers_that_are_over_change_places() -> None:
    both = [RequestedTalk(1, START, member=1, offered_at=START), RequestedTalk(2, START, member=2, offered_at=START)]
    decided = dict(decide_requests(both, [someone(1), someone(2)], is_open=True, at=START + OFFER))
    assert decided == {1: offer(1, to=2), 2: offer(2, to=1)}


@pytest.mark.parametrize(
    ("talk", "at", "decision"),
    [
        (OngoingTalk(1, 7, START, None, 7), START + IDLE, None),
        (OngoingTalk(1, 7, START, None, 7), START + IDLE + LAST_WORD, TalkEnding.IDLE),
        (OngoingTalk(1, 7, START, START, 7), START + GRACE - SECOND, TalkEnding.IDLE),
        (OngoingTalk(1, 7, START + GRACE, START, 7), START + GRACE - SECOND, None),
        (OngoingTalk(1, 7, START + GRACE, START, 7), START + GRACE, TalkEnding.CLOSING),
        (OngoingTalk(1, 7, START, None, 8), START, TalkHandover(8)),
        (OngoingTalk(1, 7, START, None, 9), START, TalkHandover(None)),
        (OngoingTalk(1, 7, START, None, None), START, TalkHandover(None)),
    ],
)
def test_how_a_talk_goes_on(talk: OngoingTalk, at: datetime, decision: TalkDecision) -> None:
    assert decide_talk(talk, [7, 8], at=at) == decision


def test_both_are_told_ten_minutes_before_closing() -> None:
    assert told_closing(START, START - 11 * MINUTE) is None
    assert told_closing(START, START - 10 * MINUTE) == START + GRACE


@dataclass
class World:
    """Requests and counsellors over some minutes, moved on as operations do it."""

    requests: dict[int, RequestedTalk] = field(default_factory=dict)
    over: dict[int, TalkEnding] = field(default_factory=dict)
    offers: list[tuple[int, int]] = field(default_factory=list)

    def move(self, able: list[TalkCandidate], at: datetime, *, is_open: bool) -> None:
        for pk, decision in decide_requests(self.requests.values(), able, is_open=is_open, at=at):
            was = self.requests[pk]
            if isinstance(decision, TalkEnding):
                self.over[pk] = decision
                del self.requests[pk]
            elif isinstance(decision, TalkOffer):
                one = next(each for each in able if each.member == decision.member)
                assert one.has_room
                assert (pk, decision.member) not in self.offers, "asked twice"
                self.offers.append((pk, decision.member))
                self.requests[pk] = replace(was, member=decision.member, offered_at=at, passed=decision.passed)
            elif isinstance(decision, TalkPause):
                self.requests[pk] = replace(was, member=None, offered_at=None, passed=decision.passed)
        holders = [each.member for each in self.requests.values() if each.member is not None]
        assert len(holders) == len(set(holders)), "two offers before one counsellor"
        assert set(holders) <= {each.member for each in able}, "an offer before someone who is not there"


people = st.builds(
    TalkCandidate,
    member=st.integers(1, 5),
    open=st.integers(0, 4),
    cap=st.integers(0, 4),
    talks=st.integers(0, 2),
    most=st.integers(0, 2),
    turn=st.integers(0, 9),
    free_at=st.none() | st.integers(0, 300).map(lambda seconds: START + seconds * SECOND),
)
# At each look: so many seconds later, who is there, whether it is open, and whether someone asks.
looks = st.tuples(st.integers(1, 40), st.lists(people, max_size=5, unique_by=lambda one: one.member), st.booleans(), st.booleans())


@examples(day=150, night=3000)
@given(st.lists(looks, min_size=1, max_size=25))
def test_whatever_happens_every_request_ends_and_none_is_lost(steps: list[tuple[int, list[TalkCandidate], bool, bool]]) -> None:
    world, at, number = World(), START, 0
    for seconds, able, is_open, asks in steps:
        at += seconds * SECOND
        if asks:
            number += 1
            world.requests[number] = RequestedTalk(number, at)
        world.move(able, at, is_open=is_open)
        assert world.requests.keys() | world.over.keys() == set(range(1, number + 1)), "lost"
        assert not world.requests.keys() & world.over.keys()
    world.move([], at + PATIENCE + OFFER, is_open=True)
    assert not world.requests
