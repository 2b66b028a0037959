"""Words that lead to no inbox, and a proof that does not hold, are answered with the same bytes; and a session ends."""

from datetime import timedelta
from os import urandom

import pytest
from pytest_django import DjangoAssertNumQueries

from messaging.housekeeping import tidy_up
from messaging.models import Session, SpentChallenge
from messaging.protocol.encoding import encode
from messaging.protocol.peer import sign_session
from messaging.protocol.peer.keys import open_site
from tests.world.desk import NOON, Desk, site
from tests.world.person import Person, all_rows, kind_of, set_clock

pytestmark = pytest.mark.django_db


def test_an_unknown_inbox_and_a_wrong_signature(desk: Desk, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person, stranger = Person(), Person()
    person.write_first()
    wrong = person.proof() | {"signature": stranger.proof()["signature"]}
    before = all_rows()
    with django_assert_num_queries(1):
        unknown = stranger.call("POST", "sessions", stranger.proof())
    with django_assert_num_queries(1):
        refused = person.call("POST", "sessions", wrong)
    assert (unknown.status_code, unknown.content, unknown.headers) == (refused.status_code, refused.content, refused.headers)
    assert (unknown.status_code, kind_of(unknown)) == (403, "no-inbox")
    assert all_rows() == before


def test_a_proof_for_another_site_is_no_proof(desk: Desk) -> None:
    person = Person()
    person.write_first()
    elsewhere = open_site(site().root, "https://elsewhere.example")
    assert kind_of(person.call("POST", "sessions", sign_session(elsewhere, person.inbox, person.challenge()))) == "no-inbox"


def test_a_challenge_is_good_once(desk: Desk) -> None:
    person = Person()
    person.write_first()
    proof = person.proof()
    assert person.call("POST", "sessions", proof).status_code == 201
    before = all_rows()
    again = person.call("POST", "sessions", proof)
    assert (again.status_code, kind_of(again)) == (403, "bad-proof")
    assert all_rows() == before


def test_a_challenge_is_good_for_two_minutes_and_only_from_here(desk: Desk) -> None:
    person = Person()
    person.write_first()
    old, spent = person.proof(), SpentChallenge.objects.count()
    set_clock(NOON + timedelta(seconds=121))
    assert kind_of(person.call("POST", "sessions", old)) == "bad-proof"
    assert kind_of(person.call("POST", "sessions", person.proof(encode(urandom(56))))) == "bad-proof"
    assert SpentChallenge.objects.count() == spent
    assert person.come_back().status_code == 201


def test_a_refused_proof_does_not_spend_its_challenge(desk: Desk) -> None:
    person = Person()
    person.write_first()
    proof = person.proof()
    spoilt = proof | {"signature": encode(bytes(64))}
    assert kind_of(person.call("POST", "sessions", spoilt)) == "no-inbox"
    assert person.call("POST", "sessions", proof).status_code == 201


def test_a_session_lives_while_it_is_used_and_for_thirty_minutes_after(desk: Desk) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    for minutes in (29, 58, 87):
        set_clock(NOON + timedelta(minutes=minutes))
        assert person.call("GET", "inbox").status_code == 200
    set_clock(NOON + timedelta(minutes=118))
    before = all_rows()
    ended = person.call("GET", "inbox")
    assert (ended.status_code, kind_of(ended)) == (401, "session")
    assert all_rows() == before
    tidy_up(at=NOON + timedelta(minutes=118))
    assert not Session.objects.exists()
    assert not SpentChallenge.objects.exists()


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic QUJD", "Bearer " + "A" * 43, "Bearer " + "é" * 43])
def test_what_is_no_token(header: str, desk: Desk) -> None:
    from tests.world.person import call

    person = Person()
    person.write_first()
    for method, path in (("GET", "inbox"), ("GET", "inbox/kept"), ("DELETE", "inbox"), ("DELETE", "sessions"), ("POST", "inbox/envelopes")):
        response = call(person.client, method, f"/api/v1/{path}", {} if method == "POST" else None, authorization=header)
        assert (response.status_code, kind_of(response)) == (401, "session")


def test_a_session_can_be_ended(desk: Desk) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    assert person.call("DELETE", "sessions").status_code == 204
    assert person.call("GET", "inbox").status_code == 401


def test_only_the_hash_of_a_token_is_kept(desk: Desk) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    assert encode(Session.objects.get().token_hash) != person.token
