"""What somebody at the desk does with a person's conversation is in the trail, without saying in which; and the one concerned is told."""

from typing import Any

import pytest
from pytest_django import Settings

from helpline.models import Account, AccountNotice, AuditEntry
from tests.world.desk import Desk
from tests.world.person import AtDesk

pytestmark = pytest.mark.django_db
CODES: dict[str, Any] = {"route": "self", "actions": [], "signposts": []}


@pytest.fixture(autouse=True)
def email(settings: Settings) -> None:
    settings.SENDS_EMAIL = True


def trail() -> list[tuple[str, str, str, str]]:
    return [(each.who, each.what, each.action, each.fields) for each in AuditEntry.objects.order_by("pk")]


def told() -> set[tuple[str, str]]:
    return set(AccountNotice.objects.values_list("account__name", "kind"))


def lead_of(desk: Desk, name: str) -> AtDesk:
    lead = AtDesk(desk, name)
    Account.objects.filter(counsellor__display_name=name).update(role=Account.Role.LEAD)
    return lead


def test_a_day_of_one_conversation(desk: Desk, conversation: bytes) -> None:
    moira, lead = AtDesk(desk, "Moira"), lead_of(desk, "Callum")
    moira.claim(conversation)
    moira.does(conversation, "flag", reason="advice")
    lead.does(conversation, "flag", reason=None)
    moira.does(conversation, "release")
    moira.claim(conversation)
    lead.does(conversation, "take-over")
    lead.answer(conversation)
    lead.does(conversation, "snooze", until="tomorrow")
    lead.does(conversation, "snooze", until=None)
    lead.does(conversation, "close", **CODES)
    acts = [(who, action) for who, what, action, _ in trail() if what == "conversation"]
    assert acts == [
        ("Moira", "taken"),
        ("Moira", "flagged"),
        ("Callum", "flag-down"),
        ("Moira", "given-back"),
        ("Moira", "taken"),
        ("Callum", "taken-over"),
        ("Callum", "snoozed"),
        ("Callum", "woken"),
        ("Callum", "closed"),
    ]
    assert ("Moira", "acted") in told()


def test_nothing_in_it_says_which_conversation(desk: Desk, conversation: bytes) -> None:
    moira = AtDesk(desk, "Moira")
    moira.claim(conversation)
    moira.does(conversation, "block", days=3)
    for row in AuditEntry.objects.values():
        assert conversation not in row.values()
        assert not any(conversation.hex()[:6] in str(value) for value in row.values())
        assert not row["row"] or row["kind"] == "keys"


def test_a_block_is_named_with_its_days_and_every_other_lead_hears_of_it(desk: Desk, conversation: bytes) -> None:
    moira = AtDesk(desk, "Moira")
    lead_of(desk, "Callum")
    moira.claim(conversation)
    moira.does(conversation, "block", days=3)
    moira.does(conversation, "block", days=None)
    assert [each for each in trail() if each[1] == "block"] == [
        ("Moira", "block", "changed", "3 days"),
        ("Moira", "block", "changed", "no days"),
    ]
    assert AuditEntry.objects.filter(kind="blocks").count() == 2
    assert told() == {("Callum", "blocked")}


def test_a_lead_who_blocks_is_told_to_whoever_has_the_conversation(desk: Desk, conversation: bytes) -> None:
    moira, lead = AtDesk(desk, "Moira"), lead_of(desk, "Callum")
    moira.claim(conversation)
    lead.does(conversation, "block", days=1)
    assert ("Moira", "acted") in told()


def test_what_is_refused_leaves_no_line(desk: Desk, conversation: bytes) -> None:
    moira, callum = AtDesk(desk, "Moira"), AtDesk(desk, "Callum")
    moira.claim(conversation)
    before = trail()
    assert callum.does(conversation, "block", days=7).status_code == 403
    assert callum.does(conversation, "close", **CODES).status_code == 403
    assert trail() == before
