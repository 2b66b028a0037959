"""What is not there and what is not one's own are answered alike, to the byte: inboxes, conversations, accounts, links (enumeration)."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.test import Client

from helpline.clock import now
from helpline.models import Account
from helpline.staff.invitations import invite_account
from messaging.protocol.encoding import encode
from tests.attack.words import refused_words
from tests.messaging.desk.roles.table import COUNSELLOR, NOBODY, TABLE
from tests.world.desk import Desk
from tests.world.roles import World
from tests.world.signing_in import LOGIN
from tests.world.staff import People

NO_NUMBER, NO_ID = "999999", encode(bytes(16))
PLACE = re.compile(r"<(\w+):(\w+)>")


def seen(answer: Any, *, without: str = "") -> tuple[int, dict[str, str], bytes]:
    """Everything that whoever asked can see, but for what is new in each answer, and what they wrote themselves."""
    body = re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", answer.content).replace(without.encode(), b"")
    # Where it leads repeats what was asked for; when it is old is a clock's second.
    headers = {name: value for name, value in answer.headers.items() if name not in {"Location", "Expires"}}
    return answer.status_code, headers, body


def test_words_that_are_unknown_deleted_or_wrong_get_the_same_bytes(desk: Desk) -> None:
    answers = [person.call("POST", "sessions", proof) for person, proof in refused_words()]
    assert answers[0].status_code == 403
    assert seen(answers[0]) == seen(answers[1]) == seen(answers[2])
    assert len({answer.headers["Content-Length"] for answer in answers}) == 1


def test_a_stranger_cannot_tell_an_id_that_is_there_from_one_that_is_not(world: World) -> None:
    wrong, told = [], 0
    for route in TABLE:
        if "<" not in route:
            continue
        there = world.address(route)
        missing = "/" + PLACE.sub(lambda place: NO_NUMBER if place[1] == "int" else NO_ID, re.sub(r"[\^$]", "", route))
        for method in ("GET", "POST") if "/admin/" not in route or "closure" in route else ():
            answers = [world.ask(NOBODY, method, address) for address in (there, missing)]
            told += 1
            if seen(answers[0]) != seen(answers[1]) and "invitation" not in route:
                wrong.append(f"{method} {route}: {[answer.status_code for answer in answers]}")
    assert told > 70
    assert not wrong, "\n".join(wrong)


def test_a_counsellor_learns_no_conversation_by_guessing(world: World) -> None:
    """Its id is random, 128 bits; one that is deleted, unknown or none at all is answered alike."""
    client = world.clients[COUNSELLOR]
    answers = [client.get(f"/desk/api/conversations/{encode(bytes([number]) * 16)}") for number in (0, 1)]
    assert answers[0].status_code == 404
    assert seen(answers[0]) == seen(answers[1])


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time a password is worked on, which is what takes the time of a sign-in."""
    count: list[str] = []
    encode_it = ScryptPasswordHasher.encode

    def counted(self: ScryptPasswordHasher, *rest: Any, **more: Any) -> str:
        count.append("once")
        return encode_it(self, *rest, **more)

    monkeypatch.setattr(ScryptPasswordHasher, "encode", counted)
    return count


def test_an_address_that_is_unknown_invited_or_switched_off_signs_in_like_a_wrong_password(people: People, hashed: list[str]) -> None:
    invited, _ = invite_account(email="nell@helpline.example", name="Nell", role="counsellor", display_name="Nell", at=now())
    Account.objects.filter(pk=people.bhavna.account.pk).update(is_active=False)
    tried = {}
    for email in (people.ailsa.email, "nobody@helpline.example", invited.email, people.bhavna.email):
        hashed.clear()
        answer = Client().post(LOGIN, {"login": email, "password": "a wrong guess"})
        status, headers, body = seen(answer, without=email)
        del headers["Content-Length"]
        tried[email] = (status, headers, body, len(hashed))
    first = tried.pop(people.ailsa.email)
    assert first[0] == 200
    assert first[3] == 1
    for email, other in tried.items():
        assert other == first, email


def test_an_unknown_address_is_locked_as_a_known_one_is(people: People) -> None:
    locked = []
    for email in (people.ailsa.email, "nobody@helpline.example"):
        for _ in range(5):
            Client().post(LOGIN, {"login": email, "password": "a wrong guess"})
        answer: Any = Client().post(LOGIN, {"login": email, "password": "a wrong guess"})
        locked.append(str(answer.context["form"].errors))
    assert locked[0] == locked[1]
    assert "too many" in locked[0]


def test_a_link_that_was_used_and_one_that_never_was(people: People) -> None:
    _, token = invite_account(email="nell@helpline.example", name="Nell", role="counsellor", display_name="Nell", at=now())
    Client().post(f"/desk/invitation/{token}/", {"password": "Nell swims in the Tay", "again": "Nell swims in the Tay"})
    used, never = (Client().get(f"/desk/invitation/{each}/") for each in (token, "A" * len(token)))
    assert used.status_code == 410
    assert seen(used) == seen(never)
