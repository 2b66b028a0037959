"""Whoever puts a session of their own into somebody's browser before they sign in has nothing of theirs afterwards (session fixation)."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from helpline.clock import now
from helpline.staff.invitations import invite_account
from tests.world.signing_in import LOGIN, SECOND_STEP, password, sign_in
from tests.world.staff import People

DESK = "/desk/keys/"
CHOSEN = "x" * 32


def planted() -> str:
    """The key of a session that the server itself made for a stranger."""
    session = Client().session
    session["planted"] = True
    session.save()
    return str(session.session_key)


def is_out(key: str) -> bool:
    thief = Client()
    thief.cookies["desk"] = key
    answer: Any = thief.get(DESK)
    return bool(answer.status_code == 302 and answer.headers["Location"].startswith(LOGIN))


@pytest.mark.parametrize("made", ["by the server", "by the thief"])
def test_the_session_that_is_signed_in_is_another_one(made: str, people: People) -> None:
    key = planted() if made == "by the server" else CHOSEN
    victim = Client()
    victim.cookies["desk"] = key
    assert password(victim, people.ailsa).url == SECOND_STEP
    between = victim.cookies["desk"].value
    victim.post(SECOND_STEP, {"code": people.ailsa.code()})
    assert victim.get(DESK).status_code == 200
    assert victim.cookies["desk"].value not in {key, between}
    assert is_out(key)
    assert is_out(between)


def test_the_token_against_forgery_is_new_too(people: People) -> None:
    victim = Client()
    victim.cookies["csrftoken"] = CHOSEN
    password(victim, people.ailsa)
    victim.post(SECOND_STEP, {"code": people.ailsa.code()})
    assert victim.get("/desk/account/security/").status_code == 200
    assert victim.cookies["csrftoken"].value != CHOSEN


def test_an_invitation_opened_in_somebody_elses_browser_leaves_nothing_of_them(people: People) -> None:
    browser = sign_in(people.bhavna)
    before = browser.cookies["desk"].value
    _, token = invite_account(email="new@helpline.example", name="Nell", role="counsellor", display_name="Nell", at=now())
    chosen = {"password": "Nell swims in the Tay", "again": "Nell swims in the Tay"}
    answer: Any = browser.post(f"/desk/invitation/{token}/", chosen)
    assert answer.headers["Location"] == "/desk/account/security/"
    assert browser.cookies["desk"].value != before
    assert is_out(before)
    assert Session.objects.count() == 1


def test_an_address_carries_no_session(people: People) -> None:
    key = sign_in(people.ailsa).cookies["desk"].value
    for query in (f"?desk={key}", f"?sessionid={key}", f";desk={key}"):
        answer: Any = Client().get(f"{DESK}{query}")
        assert answer.status_code in {302, 404}
