"""Whoever is still there asks for a talk; it is offered to one able counsellor after another, and taken once (PROTOCOL §7.13, §8.10)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from helpline.models import OpeningInterval
from messaging.models import Conversation, DeskMember, RoutingEvent, Talk
from messaging.routing.route import route_waiting
from messaging.routing.talk_policy import OFFER, PATIENCE, QUIET
from messaging.talks.asking import could_talk
from messaging.talks.moves import move_talks
from messaging.talks.readiness import GONE_AFTER
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, kind_of
from tests.world.talks import asks, looks, named, offered, stands

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# The clock goes on while a test runs.
WHILE = 10 * SECOND
Later = Callable[[timedelta], object]


def test_it_is_possible_only_while_somebody_would_take_it(person: Person, moira: AtDesk, later: Later) -> None:
    assert stands(person)["possible"] is False, "nobody sits at an unlocked desk"
    looks(moira)
    told = stands(person)
    assert {**told, "reply_by": None} == {"state": "none", "possible": True, "until": None, "idle": False, "ended": None, "reply_by": None}
    looks(moira, here=False)
    assert stands(person)["possible"] is False
    looks(moira)
    later(GONE_AFTER + WHILE)
    assert stands(person)["possible"] is False
    looks(moira)
    OpeningInterval.objects.filter(channel="live").delete()
    assert stands(person)["possible"] is False


def test_one_counsellor_sees_it_and_takes_it(person: Person, conversation: bytes, moira: AtDesk, callum: AtDesk) -> None:
    looks(moira)
    looks(callum)
    assert asks(person)["state"] == "offered"
    rings = {each.name: offered(each) for each in (moira, callum)}
    assert sorted(rings.values()) == [[], named(conversation)]
    first, other = (moira, callum) if rings["Moira"] else (callum, moira)
    assert kind_of(other.does(conversation, "live/take")) == "taken"
    answer = first.does(conversation, "live/take")
    assert answer.json() == {"state": "assigned", "assigned_to": first.name}
    assert first.does(conversation, "live/take").status_code == 200, "twice is once"
    assert stands(person)["state"] == "taken"
    assert [each["conversation"] for each in looks(first)["talks"]] == named(conversation)
    row = Conversation.objects.get()
    assert (row.member, row.unrouted_since) == (moira.desk.members[first.name], None)
    assert RoutingEvent.objects.filter(kind="claimed").count() == 1


def test_whoever_has_the_conversation_is_asked_first(person: Person, conversation: bytes, moira: AtDesk, callum: AtDesk) -> None:
    callum.claim(conversation)
    DeskMember.objects.filter(pk=moira.desk.members["Callum"].pk).update(turn=9)
    looks(moira)
    looks(callum)
    asks(person)
    assert (offered(moira), offered(callum)) == ([], named(conversation))
    assert looks(callum)["offers"][0]["yours"] is True


def test_after_half_a_minute_it_goes_to_the_next(person: Person, conversation: bytes, moira: AtDesk, callum: AtDesk, later: Later) -> None:
    moira.claim(conversation)
    looks(moira)
    looks(callum)
    asks(person)
    later(OFFER - WHILE)
    assert (offered(moira), offered(callum)) == (named(conversation), [])
    later(OFFER + WHILE)
    assert kind_of(moira.does(conversation, "live/take")) == "taken", "at the thirtieth second it is over, whoever looks first"
    assert (offered(callum), offered(moira)) == (named(conversation), [])
    later(2 * OFFER + 3 * WHILE)
    looks(callum)
    assert stands(person)["state"] == "message", "nobody is asked twice"
    assert stands(person)["reply_by"] is not None


def test_who_declines_is_not_asked_again(person: Person, conversation: bytes, moira: AtDesk, callum: AtDesk) -> None:
    moira.claim(conversation)
    looks(moira)
    looks(callum)
    asks(person)
    assert moira.does(conversation, "live/decline").status_code == 204
    assert (offered(moira), offered(callum)) == ([], named(conversation))
    callum.does(conversation, "live/decline")
    assert stands(person)["state"] == "message"
    assert Conversation.objects.get().state == "assigned", "it waits as the message that it is"


def test_nobody_there_makes_a_message_at_once(person: Person, moira: AtDesk) -> None:
    assert asks(person)["state"] == "message"
    assert Talk.objects.get().ended == "no-room"


def test_two_minutes_are_the_longest_wait(person: Person, conversation: bytes, moira: AtDesk, callum: AtDesk, later: Later) -> None:
    """Moira is in her quiet minutes: she may be free in time, so it waits; and then she is not."""
    other = Person()
    other.write_first()
    other.come_back()
    looks(moira)
    asks(person)
    assert moira.does(conversation, "live/take").status_code == 200
    later(QUIET)
    looks(moira)
    assert moira.does(conversation, "live/end").status_code == 204
    later(2 * QUIET - MINUTE)
    looks(moira)
    assert asks(other)["state"] == "waiting"
    later(2 * QUIET + WHILE)
    assert len(offered(moira)) == 1, "her quiet is over"
    looks(moira, here=False)
    assert stands(other)["state"] == "message"
    later(2 * QUIET - MINUTE + PATIENCE)
    assert move_talks(at=NOON + 2 * QUIET - MINUTE + PATIENCE) == 0


def test_a_trainee_has_one_and_nobody_three(desk: Desk, moira: AtDesk, person: Person) -> None:
    looks(moira)
    people = [person, Person(), Person()]
    for each in people[1:]:
        each.write_first()
        each.come_back()
    DeskMember.objects.update(most_talks=1)
    taken = []
    for each, most in zip(people, (1, 2, 2), strict=True):
        DeskMember.objects.update(most_talks=most)
        taken.append(asks(each)["state"])
        for offer in looks(moira)["offers"]:
            moira.call("POST", f"conversations/{offer['conversation']}/live/take", {})
    assert taken == ["offered", "offered", "message"]
    assert could_talk(NOON) is False


def test_a_talk_counts_as_two_for_messages(desk: Desk, talk: bytes, moira: AtDesk) -> None:
    """With a cap of three and a talk there is room for one message more; Callum takes a break."""
    DeskMember.objects.update(cap=3)
    DeskMember.objects.filter(pk=desk.members["Callum"].pk).update(away_until=NOON + 60 * MINUTE)
    assert looks(moira)["able"] is True
    assert moira.call("GET", "work").json()["open"] == 2
    for _number in range(3):
        Person().write_first()
    route_waiting(at=NOON)
    states = list(Conversation.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["assigned", "assigned", "waiting", "waiting"]


def test_every_answer_has_one_size(person: Person, moira: AtDesk) -> None:
    sizes = {len(person.call("GET", "inbox/live/request").content)}
    looks(moira)
    for method, body in (("POST", {}), ("GET", None), ("DELETE", None)):
        sizes.add(len(person.call(method, "inbox/live/request", body).content))
    assert sizes == {512}


def test_whoever_is_blocked_asks_for_nothing(person: Person, conversation: bytes, moira: AtDesk) -> None:
    moira.claim(conversation)
    moira.does(conversation, "block", days=1)
    assert kind_of(person.call("POST", "inbox/live/request", {})) == "blocked"


def test_a_wish_without_a_new_message_is_answered_too(person: Person, conversation: bytes, moira: AtDesk) -> None:
    moira.claim(conversation)
    moira.reply(conversation)
    assert asks(person)["state"] == "message"
    row = Conversation.objects.get()
    assert (row.state, row.due_at is not None) == ("waiting", True)
    looks(moira)
    assert asks(person)["state"] == "offered"
    person.call("DELETE", "inbox/live/request")
    row.refresh_from_db()
    assert (row.state, row.due_at) == ("answered", None), "whoever takes the wish back waits for nobody"


def test_the_row_is_gone_ten_minutes_later(person: Person, moira: AtDesk, later: Later) -> None:
    asks(person)
    assert Talk.objects.count() == 1
    move_talks(at=NOON + 10 * MINUTE + WHILE)
    assert Talk.objects.count() == 0
    later(11 * MINUTE)
    assert stands(person)["state"] == "none"


def test_a_clock_set_back_loses_no_request(person: Person, conversation: bytes, moira: AtDesk, later: Later) -> None:
    looks(moira)
    asks(person)
    later(-10 * MINUTE)
    looks(moira)
    assert Talk.objects.get().state == "offered"
    later(-10 * MINUTE + OFFER + WHILE)
    looks(moira)
    talk = Talk.objects.get()
    assert (talk.state, talk.ended) == ("ended", "nobody")
