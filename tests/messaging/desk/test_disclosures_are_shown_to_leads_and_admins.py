"""/desk/disclosures/: every step, the newest first, a page at a time, at a constant cost, and nothing that leads to a conversation."""

import os

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from helpline.models import Account
from messaging.desk_notices import send_desk_notices
from messaging.models import DeskNotice, DisclosureEvent
from tests.messaging.disclosures.disclosing import proposed
from tests.world.desk import NOON, Desk, open_helpline, send
from tests.world.person import AtDesk, set_clock

PAGE = "/desk/disclosures/"
pytestmark = pytest.mark.django_db


def note(desk: Desk, number: int) -> None:
    codes = {"reason": "harm-child", "recipient": "social-work", "telling": "risk", "places": "1:1,1:3,2:2"}
    for step, member in (("proposed", desk.members["Moira"]), ("expired", None)):
        DisclosureEvent.objects.create(at=NOON, procedure=number.to_bytes(16), step=step, member=member, note_hash=os.urandom(32), **codes)


@pytest.fixture
def desk() -> Desk:
    return open_helpline()


@pytest.fixture
def lead(desk: Desk) -> Client:
    Account.objects.update(role=Account.Role.LEAD)
    desk.members["Callum"].counsellor.account.refresh_from_db()
    return AtDesk(desk, "Callum").client


def test_who_did_what_under_which_codes_of_which_messages(desk: Desk, lead: Client) -> None:
    assert "There have been no disclosures." in lead.get(PAGE).text
    note(desk, 1)
    page = lead.get(PAGE).text
    assert page.index("nobody: it expired") < page.index("Moira</td>")
    for words in (
        "a young person is at risk of serious harm",
        "Social services",
        "would raise the risk",
        "1, 3 from the person; 2 from the helpline",
    ):
        assert page.count(words) == 2, words


def test_it_costs_the_same_however_many_there_are(desk: Desk, lead: Client) -> None:
    note(desk, 0)
    costs, page = [], ""
    for more in (1, 40):
        for number in range(1, more):
            note(desk, number)
        with CaptureQueriesContext(connection) as queries:
            page = lead.get(PAGE).text
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert "Page 1 of 2" in page
    assert lead.get(PAGE, {"page": "2"}).text.count("<tr role=") == 80 - 50 + 1


def test_every_lead_but_whoever_proposes_is_sent_an_email_that_says_nothing(desk: Desk, lead: Client, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    settings.CLOCK_OFFSET = settings.CLOCK_OFFSET  # The wrapper puts it back.
    set_clock(NOON)
    proposed(AtDesk(desk, "Moira"), send("I am Jo").conversation)
    assert list(DeskNotice.objects.values_list("account__name", "kind")) == [("Callum", "decide")]
    send_desk_notices(at=NOON)
    (email,) = mail.outbox
    assert email.to == ["callum@example.org"]
    assert "needs a decision from a second person" in email.body
    for words in ("Moira", "Jo", "disclos", "breach", "police", "confidential"):
        assert words not in f"{email.subject} {email.body}"


def test_where_the_only_lead_proposes_the_admins_hear_that_another_is_needed(desk: Desk, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    Account.objects.create_user("admin@example.org", None, name="Ada", role="admin")
    Account.objects.filter(pk=desk.members["Moira"].counsellor.account_id).update(role="lead")
    proposed(AtDesk(desk, "Moira"), send("I am Jo").conversation)
    assert list(DeskNotice.objects.values_list("account__name", "kind")) == [("Ada", "decide")]
