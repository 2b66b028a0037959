"""A token, a proof and a link that were good once are good for nothing when they are over, at every address that takes them (replay)."""

from datetime import timedelta

import pytest
from django.test import Client

from messaging.models import Session
from messaging.protocol.encoding import encode
from tests.world.desk import NOON, Desk
from tests.world.person import Person, all_rows, call, kind_of, set_clock
from tests.world.together import together

TAKES_A_TOKEN = (
    ("GET", "inbox"),
    ("DELETE", "inbox"),
    ("POST", "inbox/envelopes"),
    ("GET", "inbox/kept"),
    ("GET", "inbox/retention"),
    ("POST", "inbox/retention"),
    ("DELETE", "sessions"),
)


def with_two_tokens() -> tuple[Person, str]:
    person = Person()
    person.write_first()
    person.come_back()
    first = person.token
    person.come_back()
    return person, first


def refused_everywhere(token: str) -> None:
    before = all_rows()
    for method, path in TAKES_A_TOKEN:
        body = {"opening": None, "envelope": ""} if method == "POST" else None
        answer = call(Client(), method, f"/api/v1/{path}", body, authorization=f"Bearer {token}")
        assert (answer.status_code, kind_of(answer)) == (401, "session"), path
    assert all_rows() == before


@pytest.mark.django_db
def test_a_token_that_was_ended_and_the_other_one_lives(desk: Desk) -> None:
    person, first = with_two_tokens()
    call(Client(), "DELETE", "/api/v1/sessions", authorization=f"Bearer {first}")
    refused_everywhere(first)
    assert person.call("GET", "inbox").status_code == 200


@pytest.mark.django_db
def test_a_token_that_was_idle(desk: Desk) -> None:
    person, first = with_two_tokens()
    set_clock(NOON + timedelta(minutes=31))
    refused_everywhere(first)
    refused_everywhere(person.token)


@pytest.mark.django_db
def test_tokens_of_an_inbox_that_was_deleted_even_when_the_same_words_begin_again(desk: Desk) -> None:
    person, first = with_two_tokens()
    last = person.token
    person.call("DELETE", "inbox")
    person.token = ""
    assert person.write_first().status_code == 201
    for token in (first, last):
        refused_everywhere(token)


@pytest.mark.django_db
def test_a_proof_opens_once_and_no_other_inbox(desk: Desk) -> None:
    one, other = Person(), Person()
    for person in (one, other):
        person.write_first()
    challenge = one.challenge()
    proof = one.proof(challenge)
    assert one.call("POST", "sessions", proof).status_code == 201
    # The same challenge again: from the same person, and signed anew by another.
    for again in (proof, other.proof(challenge), proof | {"inbox_id": encode(other.inbox.inbox_id)}):
        assert call(Client(), "POST", "/api/v1/sessions", again).status_code == 403
    assert Session.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_the_same_proof_eight_times_at_once_one_opens(desk: Desk) -> None:
    person = Person()
    person.write_first()
    proof = person.proof()
    answers = together(lambda _: call(Client(), "POST", "/api/v1/sessions", proof).status_code, range(8))
    assert sorted(answers) == [201] + [403] * 7
    assert Session.objects.count() == 1
