"""At noon with nobody there a lead, and not only an admin, closes both channels or says that the helpline is very busy; with an end."""

import re
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import translation

from helpline.hours.channels import both_channels_availability
from helpline.models import Account, AuditEntry, Closure, ConfidentialityTerms, Organisation
from messaging.models import Conversation
from tests.world.desk import NOON, Desk, open_helpline, send
from tests.world.noon import clock
from tests.world.person import Person, set_clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
__all__ = ["clock"]


@pytest.fixture
def desk(db: None, client_build: object) -> Desk:
    set_clock(NOON)
    ConfidentialityTerms.objects.create(version=1, text="The words.", published_on=NOON.date())
    return open_helpline("Moira", "Callum")


@pytest.fixture
def lead(desk: Desk) -> Client:
    account = desk.members["Callum"].counsellor.account
    Account.objects.filter(pk=account.pk).update(role=Account.Role.LEAD)
    account.refresh_from_db()
    Authenticator.objects.create(user_id=account.pk, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    client = Client()
    client.force_login(account)
    return client


def post(client: Client, name: str, *arguments: int, **values: str) -> str:
    return client.post(reverse(f"desk:{name}", args=arguments), values, follow=True).content.decode()


def closed(client: Client, **values: str) -> str:
    asked = {"closure-channel": "", "closure-reason": "Illness", "closure-last": "2026-11-25", "closure-ends": "14:00"} | values
    return post(client, "hours-close", **asked)


def test_both_channels_are_closed_at_once_from_now_until_the_end(lead: Client) -> None:
    page = closed(lead)
    assert "Closed: Wednesday 25 November, 12:00 to 14:00. The site says so." in page
    found = both_channels_availability(at=NOON + HOUR)
    assert [(each.state, each.reason) for each in (found.phone, found.messages)] == [("closed", "Illness")] * 2
    assert both_channels_availability(at=NOON + 2 * HOUR).messages.reason is None
    assert "Illness" in Client().get("/when").content.decode()
    assert list(AuditEntry.objects.exclude(what="desk epoch").values_list("what", "action")) == [("closure", "added")]


def test_one_channel_later_and_taken_back(lead: Client) -> None:
    closed(lead, **{"closure-channel": "messages", "closure-first": "2026-11-26", "closure-starts": "09:00", "closure-last": "2026-11-26"})
    row = Closure.objects.get()
    assert (row.channel, row.starts_at, row.ends_at) == ("messages", NOON + 21 * HOUR, NOON + 26 * HOUR)
    assert "The closure is over" in post(lead, "hours-reopen", row.pk)
    assert "over already" in post(lead, "hours-reopen", row.pk)
    closed(lead)
    set_clock(NOON + HOUR)
    post(lead, "hours-reopen", Closure.objects.get().pk)
    assert Closure.objects.get().ends_at < NOON + HOUR + timedelta(minutes=1), "what was closed until now stays known"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"closure-ends": "11:00"}, "Enter an end that comes after the start, and after now."),
        ({"closure-ends": ""}, "Enter the end time."),
        ({"closure-reason": ""}, "Enter the reason. People read it."),
        ({"closure-starts": "13:00"}, "Enter both the day and the start time, or neither."),
        ({"closure-last": "2028-01-01"}, "Enter an end within 366 days."),
        ({"closure-channel": "letters"}, "Choose what is closed."),
    ],
)
def test_what_is_wrong_is_said(lead: Client, wrong: dict[str, str], says: str) -> None:
    page = closed(lead, **wrong)
    assert says in page
    assert "<title>Error: Hours" in page
    assert not Closure.objects.exists()


def busy(client: Client, hours: str = "16", ends: str = "16:00") -> str:
    return post(client, "hours-busy", **{"busy-hours": hours, "busy-last": "2026-11-25", "busy-ends": ends})


def test_very_busy_is_said_and_promises_later_until_its_end(lead: Client) -> None:
    usual = both_channels_availability(at=NOON).messages.reply_by
    assert "very busy" in busy(lead)
    later = both_channels_availability(at=NOON)
    assert (usual, later.messages.reply_by) == (NOON + timedelta(days=1), NOON + timedelta(days=2))
    assert later.messages.changes_at is not None
    assert later.messages.changes_at <= NOON + 4 * HOUR
    assert (
        "We are very busy, so answers are taking longer than usual. Write now and we will answer by" in Client().get("/").content.decode()
    )
    for language, words in (("cy", "Rydym yn brysur iawn"), ("pl", "Mamy teraz bardzo dużo pracy")):
        with translation.override(language):
            assert words in Client().get(f"/{language}/").content.decode()
    assert Person().write_first().status_code == 201
    (due,) = Conversation.objects.values_list("due_at", flat=True)
    assert due is not None
    assert due >= NOON + timedelta(days=2)
    assert both_channels_availability(at=NOON + 4 * HOUR).messages.reply_by == NOON + timedelta(days=1, hours=4)
    assert "We are very busy" in lead.get(reverse("desk:hours")).content.decode()
    post(lead, "hours-busy", over="yes")
    assert both_channels_availability(at=NOON).messages.reply_by == usual
    assert (
        list(AuditEntry.objects.exclude(what="desk epoch").values_list("what", "fields"))
        == [("organisation", "busy_until, busy_minutes")] * 2
    )


@pytest.mark.parametrize(("ends", "last"), [("16:00", "2026-11-25"), ("00:00", "2026-11-25")], ids=["an afternoon", "midnight"])
def test_whoever_changes_it_begins_with_what_people_are_told(lead: Client, ends: str, last: str) -> None:
    page = busy(lead, hours="20", ends=ends)
    fields = dict(re.findall(r'name="busy-(hours|last|ends)"[^>]* value="([^"]*)"', page))
    assert fields == {"hours": "20", "last": last, "ends": ends}
    before = Organisation.objects.get().busy_until
    busy(lead, hours=fields["hours"], ends=fields["ends"])
    assert Organisation.objects.get().busy_until == before


def test_very_busy_has_an_end_and_a_longer_time(lead: Client) -> None:
    assert "Enter more hours than usual: people are promised an answer within 8 h now." in busy(lead, hours="8")
    assert "Enter an end that comes after the start, and after now." in busy(lead, ends="11:59")
    assert Organisation.objects.get().busy_until is None


def test_nobody_new_is_promised_a_shorter_wait_than_the_one_others_have(desk: Desk) -> None:
    send(at=NOON)
    waited: datetime = NOON + timedelta(days=2)
    Conversation.objects.update(waiting_since=NOON - timedelta(days=2), state="waiting")
    # From Monday noon until Friday noon the hours of messages are open for 32 hours; a new person is promised no less.
    assert both_channels_availability(at=waited).messages.reply_by == NOON + timedelta(days=8)
    Conversation.objects.update(state="answered", unrouted_since=None, waiting_since=None, due_at=None)
    assert both_channels_availability(at=waited).messages.reply_by == NOON + timedelta(days=5)
