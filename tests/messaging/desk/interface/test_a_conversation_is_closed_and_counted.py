"""Closing asks for fixed codes, counts them as sums of a week, and opens again when the person writes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from messaging.models import RoutingEvent, WrapUpSum
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, all_rows, kind_of, who_has

pytestmark = pytest.mark.django_db
CODES: dict[str, Any] = {"route": "self", "actions": ["devices", "safety-plan"], "signposts": ["gp"]}
OnCommit = Callable[..., Any]


@pytest.fixture
def moira(desk: Desk, conversation: bytes) -> AtDesk:
    moira = AtDesk(desk, "Moira")
    moira.claim(conversation)
    moira.answer(conversation)
    return moira


def sums() -> dict[tuple[str, str], int]:
    assert {row.week for row in WrapUpSum.objects.all()} <= {date(2026, 11, 23)}
    return {(row.kind, row.code): row.number for row in WrapUpSum.objects.all()}


def test_it_is_closed_and_its_codes_are_sums(moira: AtDesk, conversation: bytes, django_capture_on_commit_callbacks: OnCommit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert moira.does(conversation, "close", **CODES).json() == {"state": "closed", "assigned_to": "Moira"}
    with django_capture_on_commit_callbacks(execute=True):
        assert moira.does(conversation, "close", **CODES).status_code == 200
    assert moira.where(conversation) == {"closed"}
    assert sums() == {
        ("closed", ""): 1,
        ("route", "self"): 1,
        ("action", "devices"): 1,
        ("action", "safety-plan"): 1,
        ("signpost", "gp"): 1,
    }
    assert {event.at.hour for event in RoutingEvent.objects.exclude(kind="closed")} == {0}


def test_the_sums_stay_when_everything_of_the_person_is_deleted(
    person: Person, moira: AtDesk, conversation: bytes, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        moira.does(conversation, "close", **CODES)
    before = sums()
    assert person.call("DELETE", "inbox").status_code == 204
    assert sums() == before


def test_the_person_writes_and_it_is_open_again_with_the_same_counsellor(person: Person, moira: AtDesk, conversation: bytes) -> None:
    moira.does(conversation, "close", **CODES)
    assert person.answer()["state"] == "closed"
    assert person.write().status_code == 201
    assert moira.where(conversation) == {"waiting"}
    route_waiting(at=NOON)
    assert (who_has(conversation), moira.where(conversation)) == ("Moira", {"mine"})


def test_what_the_counsellor_was_not_given_yet_is_not_closed_over(person: Person, moira: AtDesk, conversation: bytes) -> None:
    person.write()
    before = all_rows()
    refused = moira.does(conversation, "close", **CODES)
    assert (kind_of(refused), refused.json()["head"]["sequence"]) == ("conflict", 2)
    assert all_rows() == before


def test_nobody_closes_what_is_not_theirs_or_with_codes_of_their_own(desk: Desk, moira: AtDesk, conversation: bytes) -> None:
    callum = AtDesk(desk, "Callum")
    before = all_rows()
    assert kind_of(callum.does(conversation, "close", **CODES)) == "not-yours"
    for wrong in ({"route": "Fred"}, {"actions": ["gp"]}, {"actions": ["devices", "devices"]}, {"signposts": "gp"}, {"route": None}):
        assert kind_of(moira.does(conversation, "close", **CODES | wrong)) == "malformed"
    assert all_rows() == before
