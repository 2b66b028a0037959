"""At one moment, on a real Postgres: two take, one takes as the offer ends or as the person withdraws, and a person has two tabs."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache

from helpline.models import OpeningInterval, Organisation, Shift
from messaging.http.problems import Problem
from messaging.inbox.accept import accept_talk_request
from messaging.models import Conversation, DeskMember, Talk
from messaging.routing.end_shifts import end_shifts
from messaging.routing.talk_policy import OFFER
from messaging.talks.asking import leave_talk
from messaging.talks.moves import move_talks
from messaging.talks.readiness import note_ready
from messaging.talks.taking import decline_talk, finish_talk, take_talk
from tests.world.desk import NOON
from tests.world.queue import fill_queue, staff
from tests.world.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def members(transactional_db: None) -> list[DeskMember]:
    """Three at unlocked desks, on duty for live talk, and three who have written."""
    cache.clear()
    Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000", promise_minutes=480)
    for channel in ("messages", "live"):
        OpeningInterval.objects.create(channel=channel, weekday=2, opens=540, closes=1020)
    found = staff(3, cap=3, start=NOON - 2 * HOUR, end=NOON + 2 * HOUR)
    Shift.objects.update(channel="live")
    end_shifts(at=NOON - HOUR)
    fill_queue(3, since=NOON - HOUR)
    there(found, NOON)
    return found


def there(members: list[DeskMember], at: Any) -> None:
    for member in members:
        note_ready(member.pk, at=at)


def asked(at: Any = NOON) -> Talk:
    """The first conversation's, offered to someone."""
    accept_talk_request(Conversation.objects.order_by("pk")[0].inbox_id, at=at)
    move_talks(at=at)
    return Talk.objects.select_related("conversation", "member").get(state="offered")


def holder_of(talk: Talk) -> DeskMember:
    assert talk.member is not None
    return talk.member


def said(act: Callable[[], object]) -> str:
    try:
        act()
    except Problem as refusal:
        return refusal.name
    return "done"


def test_everyone_reaches_and_two_tabs_of_one_counsellor(members: list[DeskMember]) -> None:
    talk = asked()
    acts = [partial(take_talk, member, talk.conversation.conversation_id, at=NOON + SECOND) for member in [*members, *members]]
    answers = Counter(together(said, acts))
    assert answers == {"done": 2, "taken": 4}, "both tabs of whoever it was offered to, and nobody else"
    talk.refresh_from_db()
    assert (talk.state, Conversation.objects.get(pk=talk.conversation_id).member_id) == ("taken", talk.member_id)


@pytest.mark.parametrize("at", [NOON + OFFER - timedelta(microseconds=1), NOON + OFFER], ids=["before", "at the thirtieth second"])
def test_one_takes_while_the_offer_ends(members: list[DeskMember], at: Any) -> None:
    talk = asked()
    there(members, at)
    first = holder_of(talk)
    acts: list[Callable[[], object]] = [partial(take_talk, first, talk.conversation.conversation_id, at=at)]
    acts += [partial(move_talks, at=NOON + OFFER)] * 3
    took = together(said, acts)[0]
    talk.refresh_from_db()
    if took == "done":
        assert (talk.state, talk.member_id) == ("taken", first.pk)
        assert at < NOON + OFFER
    else:
        assert (talk.state, first.pk in talk.passed, talk.member_id != first.pk) == ("offered", True, True)


def test_the_person_withdraws_while_it_is_taken(members: list[DeskMember]) -> None:
    talk = asked()
    inbox = talk.conversation.inbox_id
    holder = holder_of(talk)
    acts: list[Callable[[], object]] = [
        partial(take_talk, holder, talk.conversation.conversation_id, at=NOON + SECOND),
        partial(leave_talk, inbox, at=NOON + SECOND),
        partial(move_talks, at=NOON + SECOND),
    ]
    took = together(said, acts)[0]
    talk.refresh_from_db()
    assert (talk.state, talk.ended) == ("ended", "person" if took == "done" else "withdrawn")


def test_a_person_with_two_tabs_asks_once(members: list[DeskMember]) -> None:
    inbox = Conversation.objects.order_by("pk")[0].inbox_id
    together(lambda _: said(partial(accept_talk_request, inbox, at=NOON)), range(4))
    move_talks(at=NOON)
    assert Talk.objects.count() == 1
    together(lambda _: said(partial(leave_talk, inbox, at=NOON)), range(4))
    assert Talk.objects.get().ended == "withdrawn"


def test_sweeps_takes_and_ends_at_once_leave_everything_with_one(members: list[DeskMember]) -> None:
    """Three ask; everybody moves, takes, declines and ends for a while: no deadlock, nobody has two offers, none is lost."""
    conversations = list(Conversation.objects.order_by("pk"))
    for each in conversations:
        accept_talk_request(each.inbox_id, at=NOON)
    for step in range(4):
        at = NOON + step * 5 * SECOND
        there(members, at)
        acts: list[Callable[[], object]] = [partial(move_talks, at=at)] * 3
        acts += [partial(take_talk, member, each.conversation_id, at=at) for member in members for each in conversations]
        acts += [partial(decline_talk, members[step % 3], conversations[step % 3].conversation_id, at=at)]
        acts += [partial(finish_talk, members[0], conversations[step % 3].conversation_id, at=at)] if step else []
        assert set(together(said, acts)) <= {"done", "taken", "not-yours"}
        offers = Counter(Talk.objects.filter(state="offered").values_list("member", flat=True))
        assert all(number == 1 for number in offers.values())
        assert Talk.objects.count() == 3
        for talk in Talk.objects.filter(state="taken").select_related("conversation"):
            assert talk.conversation.member_id == talk.member_id
