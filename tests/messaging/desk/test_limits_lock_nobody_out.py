"""Limits on guesses can be neither walked around (by a port, a spelling, an IPv6 network) nor used to keep staff from the desk."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.test import Client

from helpline.staff.known_browsers import COOKIE
from tests.world.signing_in import LOGIN, SECOND_STEP, password, sign_in
from tests.world.staff import People, Person

LOCKED = "There were too many wrong tries."


def errors_of(answer: Any) -> str:
    return str(answer.content.decode())


def guess(client: Client, person: Person, **where: Any) -> Any:
    return client.post(LOGIN, {"login": person.email, "password": "a guess"}, **where)


@pytest.mark.parametrize("host", ["localhost:1", "localhost:65535", "LOCALHOST"])
def test_another_spelling_of_the_host_is_no_other_count(people: People, host: str) -> None:
    for _ in range(5):
        guess(Client(), people.ailsa, headers={"host": "localhost"})
    assert LOCKED in errors_of(guess(Client(), people.ailsa, headers={"host": host}))


def test_another_spelling_of_the_email_is_no_other_count(people: People) -> None:
    for _ in range(5):
        guess(Client(), people.ailsa)
    shouted = {"login": f" {people.ailsa.email.upper()} ", "password": "a guess"}
    assert LOCKED in errors_of(Client().post(LOGIN, shouted))


def test_an_ipv6_network_is_one_place(people: People) -> None:
    answers = [
        Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}").post(LOGIN, {"login": f"{number}@helpline.example", "password": "a guess"})
        for number in range(1, 12)
    ]
    assert LOCKED in errors_of(answers[10])
    elsewhere = Client(REMOTE_ADDR="2001:db8:1:3::1").post(LOGIN, {"login": "12@helpline.example", "password": "a guess"})
    assert LOCKED not in errors_of(elsewhere)


def test_an_ipv4_address_written_as_ipv6_is_the_same_place(people: People) -> None:
    for number in range(10):
        Client(REMOTE_ADDR="203.0.113.7").post(LOGIN, {"login": f"{number}@helpline.example", "password": "a guess"})
    mapped = Client(REMOTE_ADDR="::ffff:203.0.113.7").post(LOGIN, {"login": "11@helpline.example", "password": "a guess"})
    assert LOCKED in errors_of(mapped)


def test_a_browser_that_signed_in_before_is_let_in_while_strangers_guess(people: People) -> None:
    known = sign_in(people.ailsa)
    known.post("/desk/account/logout/")
    for _ in range(12):
        guess(Client(), people.ailsa)
    assert LOCKED in errors_of(password(Client(), people.ailsa))
    assert password(known, people.ailsa).headers["Location"] == SECOND_STEP


def test_the_mark_of_a_known_browser_counts_for_its_own_account_alone(people: People) -> None:
    known = sign_in(people.bhavna)
    known.post("/desk/account/logout/")
    for _ in range(5):
        guess(Client(), people.ailsa)
    assert LOCKED in errors_of(password(known, people.ailsa))


def test_a_known_browser_has_a_limit_too(people: People) -> None:
    known = sign_in(people.ailsa)
    known.post("/desk/account/logout/")
    for _ in range(5):
        assert "not right" in errors_of(guess(known, people.ailsa))
    assert LOCKED in errors_of(password(known, people.ailsa))
    assert password(Client(), people.ailsa).headers["Location"] == SECOND_STEP


def test_nobody_makes_a_mark_of_their_own(people: People) -> None:
    forged = Client()
    forged.cookies[COOKIE] = sign_in(people.bhavna).cookies[COOKIE].value[:-1] + "x"
    for _ in range(5):
        guess(Client(), people.bhavna)
    assert LOCKED in errors_of(password(forged, people.bhavna))


def test_the_mark_is_the_staffs_and_for_the_desk_alone(people: People) -> None:
    mark = sign_in(people.ailsa).cookies[COOKIE]
    assert (mark["path"], mark["httponly"], mark["samesite"]) == (settings.DESK_PATH, True, "Strict")
    assert people.ailsa.email not in mark.value
    assert COOKIE not in Client().get(LOGIN).cookies
    half = Client()
    password(half, people.ailsa)
    assert COOKIE not in half.cookies


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_few_are_hashed_and_the_others_are_told(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = Event(), Event()
    at_once: list[int] = []
    hashing = 0
    slow = ScryptPasswordHasher.encode

    def held(self: ScryptPasswordHasher, *given: Any, **named: Any) -> str:
        nonlocal hashing
        hashing += 1
        at_once.append(hashing)
        begun.set()
        go_on.wait(20)
        hashing -= 1
        return str(slow(self, *given, **named))

    monkeypatch.setattr(ScryptPasswordHasher, "encode", held)
    with ThreadPoolExecutor(6) as threads:
        first = threads.submit(guess, Client(), people.ailsa)
        assert begun.wait(20)
        others = [threads.submit(guess, Client(REMOTE_ADDR=f"203.0.113.{number}"), people.bhavna) for number in range(3)]
        told = [errors_of(each.result(30)) for each in others]
        go_on.set()
        assert "not right" in errors_of(first.result(30))
    assert all("Many people are signing in" in each for each in told)
    assert max(at_once) == 1
