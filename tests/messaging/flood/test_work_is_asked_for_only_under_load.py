"""Under load a message costs its sender's device some work: for its very bytes, once, and for a while. At other times nobody is asked."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from messaging.flood import meter, proof_of_work
from messaging.installation import challenge_secret
from messaging.models import Inbox, SpentChallenge
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.work import do_work
from tests.messaging.flood.posting import post
from tests.world.desk import NOON, Desk, new_inbox, sealed_body
from tests.world.person import Person, kind_of, set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def flood(settings: Settings) -> None:
    """From the first message on."""
    settings.FLOOD_FROM = 1


def a_message() -> bytes:
    return json.dumps(sealed_body(new_inbox())).encode()


def asked(body: bytes) -> dict[str, Any]:
    """The challenge that comes with the refusal."""
    refusal = post(body)
    assert (refusal.status_code, kind_of(refusal)) == (429, "work-wanted")
    return dict(refusal.json()["work"])


def test_nobody_is_asked_until_many_messages_come_and_nobody_is_when_it_is_over(desk: Desk, settings: Settings) -> None:
    settings.FLOOD_FROM = 4
    set_clock(NOON)
    assert [post(a_message()).status_code for _ in range(5)] == [201, 201, 201, 429, 429]
    set_clock(NOON + timedelta(seconds=2 * meter.WINDOW))
    assert post(a_message()).status_code == 201


def test_the_work_is_shown_with_the_same_bytes_and_the_message_is_taken(desk: Desk, flood: None) -> None:
    body = a_message()
    challenge = asked(body)
    assert not Inbox.objects.exists()
    taken = post(body, do_work(challenge))
    assert taken.status_code == 201, taken.content
    # The work's, and the one that the message is signed over.
    assert (Inbox.objects.count(), SpentChallenge.objects.count()) == (1, 2)


def changed(shown: str, change: Callable[[dict[str, Any]], None]) -> str:
    answer = json.loads(decode(shown))
    change(answer)
    return encode(json.dumps(answer).encode())


WRONG: dict[str, Callable[[dict[str, Any]], None]] = {
    "another answer": lambda answer: answer["solution"].update(derivedKey="00" * 32),
    "no answer": lambda answer: answer["solution"].update(derivedKey=None),
    "an answer that is not hexadecimal": lambda answer: answer["solution"].update(derivedKey="zz"),
    "longer time": lambda answer: answer["challenge"]["parameters"]["data"].update(until=10**15),
    "less work": lambda answer: answer["challenge"]["parameters"].update(cost=1, keyPrefix="00"),
    "an answer's mark of one's own": lambda answer: answer["challenge"]["parameters"].update(keySignature="00" * 32),
    "no signature": lambda answer: answer["challenge"].pop("signature"),
    "no challenge": lambda answer: answer.pop("challenge"),
    "a challenge that is a list": lambda answer: answer.update(challenge=[]),
    "parameters that are text": lambda answer: answer["challenge"].update(parameters="SHA-256"),
    "data that is a number": lambda answer: answer["challenge"]["parameters"].update(data=7),
}


@pytest.mark.parametrize("what", WRONG)
def test_work_with(what: str, desk: Desk, flood: None) -> None:
    body = a_message()
    wrong = post(body, changed(do_work(asked(body)), WRONG[what]))
    assert (wrong.status_code, kind_of(wrong)) == (429, "work-wanted")
    assert not Inbox.objects.exists()
    assert not SpentChallenge.objects.exists()


@pytest.mark.parametrize("shown", ["x", "é", "AAAA", "bnVsbA", "W10", "e30", "A" * 3_000, encode(b"[" * 1_500)])
def test_what_is_no_work_at_all(shown: str, desk: Desk, flood: None) -> None:
    assert kind_of(post(a_message(), shown)) == "work-wanted"


def test_work_is_good_once(desk: Desk, flood: None) -> None:
    body = a_message()
    shown = do_work(asked(body))
    assert [post(body, shown).status_code for _ in range(2)] == [201, 429]
    again = post(body, do_work(asked(body)))
    assert again.status_code == 200, "an answer that was lost: the same bytes, and new work, are one message"


def test_work_is_good_for_one_body(desk: Desk, flood: None) -> None:
    shown = do_work(asked(a_message()))
    assert kind_of(post(a_message(), shown)) == "work-wanted"


def test_work_is_good_for_three_minutes(desk: Desk, flood: None) -> None:
    body = a_message()
    early, late = do_work(asked(body)), do_work(asked(body))
    set_clock(NOON + proof_of_work.LIFETIME + timedelta(seconds=30))
    assert kind_of(post(body, early)) == "work-wanted"
    set_clock(NOON + proof_of_work.LIFETIME - timedelta(seconds=30))
    # The work is taken; what the message is signed over is older than its own two minutes.
    assert kind_of(post(body, late)) == "bad-proof"


def test_work_of_another_installation_is_nothing_here(desk: Desk, flood: None) -> None:
    body = a_message()
    assert kind_of(post(body, do_work(proof_of_work.make_work(b"elsewhere", body, 1, NOON)))) == "work-wanted"


def test_what_is_refused_later_has_used_its_work_up(desk: Desk, flood: None) -> None:
    body = b"{}"
    shown = do_work(asked(body))
    assert [kind_of(post(body, shown)) for _ in range(2)] == ["malformed", "work-wanted"]


def test_the_work_grows_in_steps_and_has_an_end(settings: Settings) -> None:
    settings.FLOOD_FROM = 2
    levels = []
    for _ in range(200):
        meter.meter.count(NOON)
        levels.append(meter.meter.level(NOON))
    assert [levels.index(level) + 1 for level in (1, 2, 3)] == [2, 8, 32]
    assert max(levels) == proof_of_work.MOST_LEVEL == 3
    assert all(least == 2 * before for before, least in zip(proof_of_work.LEAST[1:], proof_of_work.LEAST[2:], strict=False))


def test_whoever_is_in_a_conversation_is_asked_one_step_less(desk: Desk, settings: Settings) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    settings.FLOOD_FROM = 2
    body = json.dumps(person.sealed()).encode()
    meter.meter.count(NOON)
    assert kind_of(post(a_message())) == "work-wanted"
    assert post(body, path="inbox/envelopes", token=person.token).status_code == 201
    settings.FLOOD_FROM = 1
    body = json.dumps(person.sealed()).encode()
    refused = post(body, path="inbox/envelopes", token=person.token)
    assert kind_of(refused) == "work-wanted"
    assert post(body, do_work(refused.json()["work"]), "inbox/envelopes", person.token).status_code == 201


def test_a_deep_queue_is_load_too_and_is_forgotten(desk: Desk, settings: Settings) -> None:
    settings.FLOOD_QUEUE = 3
    meter.share_load_deep(3)
    meter.meter.exchange()
    assert meter.meter.level(NOON) == 1
    meter.share_load_deep(2)
    meter.meter.exchange()
    assert meter.meter.level(NOON) == 0


def test_the_processes_add_up_what_they_count(settings: Settings) -> None:
    settings.FLOOD_FROM = 4
    others = meter.LoadMeter()
    for each in (others, meter.meter):
        each.count(NOON)
        each.count(NOON)
    assert meter.meter.level(NOON) == 0
    others.exchange()
    meter.meter.exchange()
    assert meter.meter.level(NOON) == 1


def test_work_costs_one_statement_and_no_look_at_any_message(
    desk: Desk, flood: None, django_assert_num_queries: CaptureQueriesContext
) -> None:
    body = a_message()
    with django_assert_num_queries(0):  # type: ignore[operator]
        asked(body)
    shown = do_work(proof_of_work.make_work(challenge_secret(), b"{}", 1, NOON))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert kind_of(post(b"{}", shown)) == "malformed"
