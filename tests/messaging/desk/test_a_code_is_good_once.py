"""An authenticator's code lets somebody in once, for as long as it counts; half a sign-in ends with the password it began with."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from helpline.staff.sign_out import sign_out_everywhere
from messaging.members import invite
from tests.world.signing_in import LOGIN, SECOND_STEP, password
from tests.world.staff import People


def half_way(people: People) -> Client:
    client = Client()
    password(client, people.ailsa)
    return client


def test_a_used_code_is_refused_when_the_cache_has_forgotten_it(people: People) -> None:
    code = people.ailsa.code()
    assert half_way(people).post(SECOND_STEP, {"code": code}).status_code == 302
    cache.clear()
    again = half_way(people).post(SECOND_STEP, {"code": code})
    assert "This code has already been used." in again.content.decode()


def test_a_code_before_the_used_one_is_refused_and_a_later_one_is_taken(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.time()
    codes = []
    for ahead in (0, 30, 60):
        monkeypatch.setattr(time, "time", lambda ahead=ahead: begun + ahead)
        codes.append(people.ailsa.code())
    monkeypatch.setattr(time, "time", lambda: begun + 30)
    taken = []
    for code in (codes[1], codes[0], codes[2]):
        cache.clear()
        taken.append(half_way(people).post(SECOND_STEP, {"code": code}).status_code)
    assert taken == [302, 200, 302]


def test_it_is_not_good_once_more_to_confirm_who_one_is(people: People) -> None:
    code = people.ailsa.code()
    client = half_way(people)
    client.post(SECOND_STEP, {"code": code})
    cache.clear()
    assert "This code has already been used." in client.post(reverse("mfa_reauthenticate"), {"code": code}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_at_once_one_gets_in(people: People) -> None:
    code, clients = people.ailsa.code(), [half_way(people), half_way(people)]
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda client: client.post(SECOND_STEP, {"code": code}).status_code, clients))
    assert sorted(answers) == [200, 302]


def test_half_a_sign_in_ends_when_the_password_is_changed(people: People) -> None:
    thief = half_way(people)
    people.ailsa.account.set_password("another walk along the Clyde")
    people.ailsa.account.save()
    assert thief.post(SECOND_STEP, {"code": people.ailsa.code()}).headers["Location"] == LOGIN
    assert "Sign in again." in thief.get(LOGIN).content.decode()
    assert thief.get("/desk/").headers["Location"].startswith(LOGIN)


def test_half_a_sign_in_ends_when_every_session_is_ended(people: People) -> None:
    thief = half_way(people)
    sign_out_everywhere(people.ailsa.account)
    assert thief.post(SECOND_STEP, {"code": people.ailsa.code()}).headers["Location"] == LOGIN


def test_half_a_sign_in_ends_when_its_owner_is_invited_again(people: People) -> None:
    from helpline.clock import now

    thief = half_way(people)
    invite.invite_member_again(people.ailsa.account, at=now())
    assert thief.post(SECOND_STEP, {"code": people.ailsa.code()}).headers["Location"].startswith("/desk/account/")
    assert thief.get("/desk/").headers["Location"].startswith(LOGIN)


def test_a_clock_that_was_set_back_keeps_nobody_out(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.time()
    monkeypatch.setattr(time, "time", lambda: begun + 3_600)
    assert half_way(people).post(SECOND_STEP, {"code": people.ailsa.code()}).status_code == 302
    monkeypatch.setattr(time, "time", lambda: begun)
    cache.clear()
    code = people.ailsa.code()
    assert half_way(people).post(SECOND_STEP, {"code": code}).status_code == 302
    cache.clear()
    assert half_way(people).post(SECOND_STEP, {"code": code}).status_code == 200
