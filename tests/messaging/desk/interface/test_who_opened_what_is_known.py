"""One row says who opened which conversation on which day; what someone does unusually often is told to the leads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some
from pytest_django import Settings

from helpline.models import Account, AccountNotice, AuditEntry
from messaging.conversations.audit_trail import note_opened
from messaging.conversations.opened import thread_name
from messaging.conversations.unusual_acts import USUAL, CountedAct, becomes_unusual, is_unusual
from messaging.models import Conversation, ConversationRead
from tests.world.desk import NOON, Desk, send
from tests.world.person import AtDesk, Person, kind_of, set_clock

pytestmark = pytest.mark.django_db


def test_one_row_a_day_however_often_it_is_read(desk: Desk, conversation: bytes) -> None:
    moira, callum = AtDesk(desk, "Moira"), AtDesk(desk, "Callum")
    for _ in range(3):
        moira.answer(conversation)
    callum.answer(conversation)
    set_clock(NOON + timedelta(days=1))
    moira.answer(conversation)
    rows = ConversationRead.objects.order_by("pk").values_list("member__counsellor__display_name", "read_on")
    today = NOON.date()
    assert list(rows) == [("Moira", today), ("Callum", today), ("Moira", today + timedelta(days=1))]


def test_it_costs_one_statement_and_goes_with_the_conversation(desk: Desk, person: Person, conversation: bytes) -> None:
    moira, row = desk.members["Moira"], Conversation.objects.get()
    note_opened(row, moira, at=NOON)
    with CaptureQueriesContext(connection) as asked:
        note_opened(row, moira, at=NOON)
    assert len(asked) == 1
    assert person.call("DELETE", "inbox").status_code in {200, 204}
    assert not ConversationRead.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_a_conversation_that_is_deleted_at_this_moment_nothing_is_noted(desk: Desk, person: Person, conversation: bytes) -> None:
    found = Conversation.objects.get()
    assert person.call("DELETE", "inbox").status_code in {200, 204}
    note_opened(found, desk.members["Moira"], at=NOON)
    assert not ConversationRead.objects.exists()


def test_the_person_is_shown_that_it_was_opened(person: Person, moira: AtDesk, conversation: bytes) -> None:
    moira.answer(conversation)
    tables = {each["table"]: each for each in person.call("GET", "inbox/kept").json()["tables"]}
    assert len(tables["messaging_conversationread"]["rows"]) == 1


@given(some.sampled_from(CountedAct), some.integers(0, 200))
def test_more_is_never_more_usual_and_it_is_told_once(act: CountedAct, number: int) -> None:
    assert not is_unusual(act, USUAL[act])
    assert is_unusual(act, number) <= is_unusual(act, number + 1)
    assert sum(becomes_unusual(act, each) for each in range(number + 1)) == is_unusual(act, number)


def test_opening_many_in_a_day_is_told_to_the_leads_once(desk: Desk, lead: AtDesk, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    moira = desk.members["Moira"]
    for _ in range(USUAL[CountedAct.OPENED] + 3):
        send()
    for conversation in Conversation.objects.order_by("pk"):
        note_opened(conversation, moira, at=NOON)
    assert list(AccountNotice.objects.filter(kind="unusual").values_list("account__name", flat=True)) == ["Callum"]
    entry = AuditEntry.objects.get(action="unusual")
    assert (entry.what, entry.about) == ("conversations opened", moira.counsellor.account)


def test_nobody_blocks_for_long_or_many_within_an_hour_without_a_lead(desk: Desk, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    moira, ids = AtDesk(desk, "Moira"), []
    for _ in range(5):
        send()
    Conversation.objects.update(state="assigned", member=desk.members["Moira"], unrouted_since=None)
    ids = [bytes(each) for each in Conversation.objects.order_by("pk").values_list("conversation_id", flat=True)]
    for days in (7, 30):
        assert kind_of(moira.does(ids[0], "block", days=days)) == "not-allowed"
    for each in ids[:3]:
        assert moira.does(each, "block", days=3).status_code == 200
    assert kind_of(moira.does(ids[3], "block", days=1)) == "not-allowed"
    assert moira.does(ids[0], "block", days=None).status_code == 200, "lifting is never refused"
    assert kind_of(moira.does(ids[3], "block", days=1)) == "not-allowed", "and makes no room"
    set_clock(NOON + timedelta(minutes=61))
    assert moira.does(ids[3], "block", days=1).status_code == 200


def test_a_lead_may_and_the_other_leads_hear_when_it_is_many(desk: Desk, lead: AtDesk, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    other = Account.objects.create_user("lena@example.org", None, name="Lena", role="lead")
    for _ in range(4):
        send()
    for each in Conversation.objects.order_by("pk").values_list("conversation_id", flat=True):
        assert lead.does(bytes(each), "block", days=30).status_code == 200
    assert AccountNotice.objects.filter(kind="unusual").get().account == other


def test_a_lead_sees_who_opened_one_and_a_counsellor_does_not(desk: Desk, lead: AtDesk, conversation: bytes) -> None:
    moira = AtDesk(desk, "Moira")
    moira.answer(conversation)
    name = thread_name(conversation)
    page = lead.client.get("/desk/audit/opened/", {"name": name.lower()})
    assert page.context["found"] == [(NOON.date(), "Moira")]
    assert [(each.name, each.number) for each in page.context["counts"]] == [("Moira", 1)]
    assert lead.client.get("/desk/audit/opened/", {"name": "AAA-AAA"}).context["found"] == []
    assert moira.client.get("/desk/audit/opened/").status_code == 403
