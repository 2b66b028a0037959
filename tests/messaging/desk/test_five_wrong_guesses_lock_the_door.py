"""Guessing is limited by account, and by where it comes from; no address is kept for that."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.world.signing_in import LOGIN, SECOND_STEP, password
from tests.world.staff import People

LOCKED = "There were too many wrong tries. Wait five minutes, then try again, or use your passkey."


def test_after_five_wrong_passwords_the_right_one_is_refused_too(people: People) -> None:
    for _ in range(5):
        assert "not right" in str(password(Client(), people.ailsa, "a guess").context["form"].errors)
    assert LOCKED in str(password(Client(), people.ailsa).context["form"].errors)
    assert password(Client(), people.bhavna).headers["Location"] == SECOND_STEP


def test_after_five_wrong_codes_the_right_one_is_refused_too(people: People) -> None:
    client = Client()
    password(client, people.ailsa)
    for _ in range(5):
        client.post(SECOND_STEP, {"code": "000000"})
    answer = client.post(SECOND_STEP, {"code": people.ailsa.code()})
    assert LOCKED in str(answer.context["form"].errors)


def test_guessing_many_accounts_from_one_place_is_refused(people: People) -> None:
    answers = [Client().post(LOGIN, {"login": f"{number}@helpline.example", "password": "a guess"}) for number in range(31)]
    assert LOCKED in str(answers[10].context["form"].errors)
    assert answers[30].status_code == 429
    assert b"Wait five minutes" in answers[30].content


def test_the_limits_know_no_address(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    keep = cache.set

    def remember(key: str, *rest: Any, **named: Any) -> None:
        kept.append(key)
        keep(key, *rest, **named)

    monkeypatch.setattr(cache, "set", remember)
    Client(REMOTE_ADDR="203.0.113.7").post(LOGIN, {"login": people.ailsa.email, "password": "a guess"})
    assert any(":ip:" in key for key in kept)
    assert not any("203.0.113.7" in key for key in kept)
