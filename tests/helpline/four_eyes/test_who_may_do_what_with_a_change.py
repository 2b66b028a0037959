"""One function says who proposes, confirms and stops: nobody confirms what they proposed, and whoever is told can stop it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpline.four_eyes.policy import ALONE, DAY, RULES, Hand, due, expires, is_ready, may_confirm, may_propose, may_stop
from helpline.models import ProposedChange

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
hands = some.builds(
    Hand, some.sampled_from(["counsellor", "lead", "admin"]), some.booleans(), some.booleans(), some.sampled_from([True, True, False])
)
kinds = some.sampled_from(sorted(RULES))


def test_every_kind_has_its_rule() -> None:
    assert set(RULES) == set(ProposedChange.Kind.values)


@given(hands)
def test_only_another_lead_or_admin_who_is_able_confirms(hand: Hand) -> None:
    assert may_confirm(hand) == (hand.able and not hand.proposer and hand.role != "counsellor")


@given(kinds, hands, some.booleans())
def test_a_hand_that_is_not_able_does_nothing(kind: str, hand: Hand, alone: bool) -> None:
    unable = Hand(hand.role, hand.proposer, hand.concerned, able=False)
    assert not may_confirm(unable)
    assert not may_stop(kind, unable, alone=alone)


@given(kinds, hands)
def test_every_lead_and_admin_and_who_proposed_it_can_stop_it(kind: str, hand: Hand) -> None:
    if hand.able and not hand.concerned:
        assert may_stop(kind, hand, alone=False) == (hand.proposer or hand.role != "counsellor")
        assert may_stop(kind, hand, alone=True)


@pytest.mark.parametrize("kind", sorted(RULES))
def test_the_one_concerned_can_stop_it_unless_they_are_to_leave(kind: str) -> None:
    assert may_stop(kind, Hand("counsellor", concerned=True), alone=False) == (kind != "leave")
    assert may_stop(kind, Hand("lead", concerned=True), alone=True) == (kind != "leave")


@pytest.mark.parametrize("kind", sorted(RULES))
def test_no_counsellor_proposes_and_a_lead_only_brings_back(kind: str) -> None:
    assert may_propose(kind, "admin")
    assert not may_propose(kind, "counsellor")
    assert may_propose(kind, "lead") == (kind == "vault-back")


@given(kinds, some.booleans(), some.booleans(), some.booleans(), some.timedeltas(timedelta(), timedelta(days=20)))
def test_nothing_is_done_without_a_second_person_or_a_week(
    kind: str, alone: bool, at_once: bool, confirmed: bool, later: timedelta
) -> None:
    due_at = due(kind, AT, alone=alone, at_once=at_once)
    assert AT <= due_at < expires(due_at)
    if is_ready(confirmed=confirmed, alone=alone, due_at=due_at, at=AT + later):
        assert confirmed or later >= ALONE
        assert at_once or alone or later >= DAY or RULES[kind].pause == timedelta()
