"""Nobody answers a draft, so nothing else holds back who writes a thousand: each costs work once many come, or many are kept."""

import json
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from messaging.flood import meter
from messaging.flood.require_work import SPARED
from messaging.inbox.drafts import expire_drafts
from messaging.models import Draft, Inbox, SpentChallenge
from messaging.monitoring.alerts import send_alerts
from messaging.protocol.encoding import encode
from messaging.protocol.peer import PersonDraft, seal_draft, sign_draft
from messaging.protocol.peer.work import do_work
from tests.messaging.flood.posting import post
from tests.world.desk import NOON, Desk, new_inbox, sealed_body, site
from tests.world.person import Person, kind_of

pytestmark = pytest.mark.django_db


def a_draft(person: Person) -> bytes:
    sealed = encode(seal_draft(site(), person.inbox, PersonDraft("I begin", "2026-11-25", None, 1)))
    return json.dumps(sign_draft(site(), person.inbox, sealed, person.challenge())).encode()


def in_conversation() -> tuple[Person, bytes]:
    """Someone whose session is open, and a draft's body. What is sealed in it only they could tell."""
    person = Person()
    person.write_first()
    person.come_back()
    return person, json.dumps({"draft": encode(seal_draft(site(), person.inbox, PersonDraft("x", "2026-11-25", None, 1)))}).encode()


def looked_at() -> None:
    """The watch counts the drafts, and this process hears of it."""
    send_alerts(at=NOON)
    meter.meter.exchange()


def test_a_thousand_new_inboxes_cost_a_thousand_works(desk: Desk, settings: Settings) -> None:
    settings.FLOOD_FROM = 4
    answers = [post(a_draft(Person(new_inbox())), path="drafts") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429, 429, 429]
    assert {kind_of(answer) for answer in answers[3:]} == {"work-wanted"}
    assert (Draft.objects.count(), Inbox.objects.count()) == (3, 3)
    body = a_draft(Person(new_inbox()))
    assert post(body, do_work(post(body, path="drafts").json()["work"]), "drafts").status_code == 201
    assert Draft.objects.count() == 4


def test_a_draft_in_an_open_conversation_costs_work_too_one_step_less(desk: Desk, settings: Settings) -> None:
    person, body = in_conversation()
    settings.FLOOD_FROM = 2
    assert SPARED == 1
    assert post(body, path="inbox/draft", token=person.token).status_code == 200
    settings.FLOOD_FROM = 1
    refused = post(body, path="inbox/draft", token=person.token)
    assert (refused.status_code, kind_of(refused)) == (429, "work-wanted")
    assert post(body, do_work(refused.json()["work"]), "inbox/draft", person.token).status_code == 200


def test_one_inbox_keeps_sixty_at_once_and_then_waits(desk: Desk, settings: Settings) -> None:
    settings.FLOOD_FROM = 10**6
    person, body = in_conversation()
    answers: list[Any] = [post(body, path="inbox/draft", token=person.token) for _ in range(62)]
    assert [answer.status_code for answer in answers[:60]] == [200] * 60
    assert kind_of(answers[-1]) == "too-fast"
    # However often: one an inbox.
    assert Draft.objects.count() == 1


def test_where_many_are_kept_the_next_one_costs_work_and_a_message_does_not(desk: Desk, settings: Settings) -> None:
    settings.FLOOD_QUEUE = 3
    for _ in range(3):
        looked_at()
        assert post(a_draft(Person(new_inbox())), path="drafts").status_code == 201
    looked_at()
    assert kind_of(post(a_draft(Person(new_inbox())), path="drafts")) == "work-wanted"
    assert post(json.dumps(sealed_body(new_inbox())).encode()).status_code == 201
    # Once they have had their days, nobody is asked any more.
    assert expire_drafts(at=NOON + timedelta(days=8)) == 3
    looked_at()
    assert post(a_draft(Person(new_inbox())), path="drafts").status_code == 201


def test_the_more_are_kept_the_more_work_a_draft_is(settings: Settings) -> None:
    settings.FLOOD_QUEUE = 1
    levels = []
    for count in (0, 1, 3, 4, 15, 16, 10**6):
        meter.share_drafts_kept(count)
        meter.meter.exchange()
        levels.append((meter.meter.level(NOON, draft=True), meter.meter.level(NOON)))
    assert levels == [(0, 0), (1, 0), (1, 0), (2, 0), (2, 0), (3, 0), (3, 0)]


def test_a_draft_that_is_refused_has_kept_nothing(desk: Desk, settings: Settings) -> None:
    settings.FLOOD_FROM = 1
    body = a_draft(Person(new_inbox()))
    assert kind_of(post(body, path="drafts")) == "work-wanted"
    assert not Inbox.objects.exists()
    assert not SpentChallenge.objects.exists()
