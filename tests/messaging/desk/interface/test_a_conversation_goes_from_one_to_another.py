"""Handed over by name, or taken over by the lead: one change, and both sides see where it went."""

import pytest

from helpline.models import Account
from messaging.models import RoutingEvent
from messaging.protocol.encoding import encode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, send
from tests.world.person import AtDesk, all_rows, kind_of, who_has

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(desk: Desk) -> bytes:
    return send().conversation


@pytest.fixture
def moira(desk: Desk, conversation: bytes) -> AtDesk:
    moira = AtDesk(desk, "Moira")
    moira.claim(conversation)
    moira.answer(conversation)
    return moira


@pytest.fixture
def callum(desk: Desk) -> AtDesk:
    return AtDesk(desk, "Callum")


@pytest.fixture
def lead(desk: Desk) -> AtDesk:
    member = desk.join("Una", on_duty=False)
    Account.objects.filter(counsellor__desk=member).update(role=Account.Role.LEAD)
    member.counsellor.account.refresh_from_db()
    desk.open_epoch()
    return AtDesk(desk, "Una")


def id_of(desk: Desk, name: str) -> str:
    return encode(desk.members[name].public_id)


def test_it_is_the_others_and_both_see_so(desk: Desk, moira: AtDesk, callum: AtDesk, conversation: bytes) -> None:
    for _ in range(2):
        assert moira.does(conversation, "hand-over", to=id_of(desk, "Callum")).json() == {"state": "assigned", "assigned_to": "Callum"}
    assert (moira.where(conversation), callum.where(conversation)) == ({"passed"}, {"mine"})
    line = callum.lists()["mine"][0]
    assert (line["handed_by"], line["unread"]) == ("Moira", 1)
    assert [event.kind for event in RoutingEvent.objects.all()] == ["claimed", "handed"]
    assert route_waiting(at=NOON) == 0


def test_once_answered_nobody_looks_after_it(desk: Desk, moira: AtDesk, callum: AtDesk, conversation: bytes) -> None:
    moira.does(conversation, "hand-over", to=id_of(desk, "Callum"))
    assert callum.reply(conversation).status_code == 201
    assert (moira.where(conversation), callum.where(conversation)) == (set(), {"answered"})


def test_nobody_hands_over_what_is_not_theirs_or_to_whom_is_not_there(
    desk: Desk, moira: AtDesk, callum: AtDesk, conversation: bytes
) -> None:
    before = all_rows()
    assert kind_of(callum.does(conversation, "hand-over", to=id_of(desk, "Moira"))) == "not-yours"
    assert kind_of(moira.does(conversation, "hand-over", to=id_of(desk, "Moira"))) == "malformed"
    assert kind_of(moira.does(conversation, "hand-over", to=encode(bytes(16)))) == "not-found"
    assert kind_of(moira.does(conversation, "hand-over", to="Callum")) == "malformed"
    assert all_rows() == before
    Account.objects.filter(counsellor__desk=desk.members["Callum"]).update(role=Account.Role.ADMIN)
    assert kind_of(moira.does(conversation, "hand-over", to=id_of(desk, "Callum"))) == "not-found"


def test_the_list_of_colleagues_says_who_is_on_duty(desk: Desk, moira: AtDesk, lead: AtDesk) -> None:
    answer = moira.call("GET", "colleagues").json()
    assert [(one["name"], one["on_duty"]) for one in answer["colleagues"]] == [("Callum", True), ("Una", False)]
    assert (answer["lead"], lead.call("GET", "colleagues").json()["lead"]) == (False, True)


def test_the_lead_takes_over_and_the_counsellor_sees_where_it_went(moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    for _ in range(2):
        assert lead.does(conversation, "take-over").json() == {"state": "assigned", "assigned_to": "Una"}
    assert (moira.where(conversation), lead.where(conversation)) == ({"passed"}, {"mine"})
    assert moira.lists()["passed"][0]["with"] == "Una"
    assert kind_of(moira.does(conversation, "snooze", until="tomorrow")) == "not-yours"


def test_a_counsellor_takes_nothing_over(moira: AtDesk, callum: AtDesk, conversation: bytes) -> None:
    assert kind_of(callum.does(conversation, "take-over")) == "not-allowed"
    assert who_has(conversation) == "Moira"


def test_flags_are_raised_by_anybody_and_seen_and_taken_down_by_the_lead(
    moira: AtDesk, callum: AtDesk, lead: AtDesk, conversation: bytes
) -> None:
    assert callum.does(conversation, "flag", reason="self-harm").json() == {"flag": "self-harm", "leads": 1, "call": []}
    assert (lead.where(conversation), moira.where(conversation), callum.where(conversation)) == ({"flagged"}, {"mine"}, set())
    assert moira.lists()["mine"][0]["flag"] == "self-harm"
    assert kind_of(moira.does(conversation, "flag", reason=None)) == "not-allowed"
    assert kind_of(moira.does(conversation, "flag", reason="He lives in Leith")) == "malformed"
    assert lead.does(conversation, "flag", reason=None).json() == {"flag": None, "leads": None, "call": []}
    assert lead.where(conversation) == set()
