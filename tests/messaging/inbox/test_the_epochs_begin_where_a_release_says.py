"""A page asks for the epochs from the one that its release names, and is told them (PROTOCOL §7.2, §7.6, §11.2)."""

from dataclasses import replace

import pytest
from django.test import Client

from messaging.protocol.encoding import decode
from messaging.protocol.peer import check_desk, read_as_person
from messaging.protocol.peer.errors import BadContinuation
from messaging.protocol.wire import NamedStatement, Statement
from tests.world.desk import TODAY, Desk, site
from tests.world.person import Person, call, kind_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def third(desk: Desk) -> Desk:
    """In its third epoch."""
    desk.open_epoch()
    desk.open_epoch()
    return desk


def numbers(answer: dict[str, list[str]]) -> list[int]:
    return [Statement.parse(decode(raw)).number for raw in answer["statements"]]


@pytest.mark.parametrize(("query", "told"), [("", [3]), ("?from=1", [1, 2, 3]), ("?from=2", [2, 3]), ("?from=3", [3]), ("?from=9", [3])])
def test_the_desks_keys_begin_there(third: Desk, query: str, told: list[int]) -> None:
    assert numbers(call(Client(), "GET", f"/api/v1/desk{query}").json()) == told


@pytest.mark.parametrize("text", ["", "0", "01", "-1", "one", "2147483648", "9999999999999", "٣"])
def test_anything_but_a_number_is_malformed(third: Desk, text: str) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    for response in (call(Client(), "GET", f"/api/v1/desk?from={text}"), person.call("GET", f"inbox?from={text}")):
        assert (response.status_code, kind_of(response)) == (400, "malformed")


def test_a_thread_begins_there_too(third: Desk) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    assert numbers(person.call("GET", "inbox").json()) == [3]
    assert numbers(person.call("GET", "inbox?from=1").json()) == [1, 2, 3]


def test_a_page_that_was_loaded_before_an_update_reads_on(third: Desk) -> None:
    """It asks from the epoch that its own release named, whatever the newest release names."""
    person = Person()
    person.write_first()
    person.come_back()
    old = replace(site(), released=NamedStatement.of(third.statements[0]))
    assert check_desk(old, call(Client(), "GET", "/api/v1/desk?from=1").json(), TODAY).epoch == 3
    assert read_as_person(old, person.inbox, person.call("GET", "inbox?from=1").json(), TODAY).warnings == []
    with pytest.raises(BadContinuation):
        read_as_person(old, person.inbox, person.call("GET", "inbox").json(), TODAY)
