"""/desk/audit/: the newest first, a page at a time, by kind, person and day, and as a file."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from helpline.audit import record_audit
from helpline.clock import now
from helpline.models import Account, AuditEntry
from helpline.models.audit import Action, Kind
from tests.helpline.admin.signed_in import sign_in as signed_in
from tests.world.signing_in import sign_in
from tests.world.staff import People
from tests.world.two import another, confirmed_and_done

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAGE, FILE = "/desk/audit/", "/desk/audit/audit.csv"


def rows(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(f"{FILE}{query}")
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.content.decode())))[1:]


@pytest.fixture
def lead(db: None) -> Client:
    account = Account.objects.create(email="lena@helpline.example", name="=Lena", role="lead")
    for number in range(120):
        record_audit(None, Action.CHANGED, "closure", kind=Kind.HOURS, at=AT + timedelta(hours=number), row=number, fields=["reason"])
    record_audit(account, Action.PUBLISHED, "week of the rota", kind=Kind.ROTA, at=AT + timedelta(days=9), row="2026-11-30")
    return signed_in(account)


def test_a_page_at_a_time(lead: Client) -> None:
    html = " ".join(lead.get(PAGE).content.decode().split())
    assert "121 changes, the newest first" in html
    assert html.index("Week of the rota 2026-11-30 published") < html.index("Closure 119 changed")
    assert "Page 1 of 3" in html
    assert "Closure 0 changed" in " ".join(lead.get(PAGE, {"page": 3}).content.decode().split())
    assert "Page 3 of 3" in lead.get(PAGE, {"page": 99}).content.decode()


def test_by_kind_person_and_day(lead: Client) -> None:
    account = Account.objects.get()
    assert len(rows(lead, "?kind=hours")) == 120
    assert [row[4] for row in rows(lead, f"?by={account.pk}")] == ["2026-11-30"]
    assert [row[4] for row in rows(lead, "?first=2026-11-25&last=2026-11-25")] == [str(number) for number in range(11, -1, -1)]
    assert "No changes match" in lead.get(PAGE, {"kind": "keys"}).content.decode()
    assert "kind=hours&amp;page=2" in lead.get(PAGE, {"kind": "hours"}).content.decode(), "the choice goes on with the page"


def test_what_cannot_be_understood_is_said(lead: Client) -> None:
    assert "Enter a last day that is not before" in lead.get(PAGE, {"first": "2026-11-26", "last": "2026-11-25"}).content.decode()
    assert lead.get(FILE, {"first": "x"}).headers["Location"].startswith(PAGE)


def test_no_cell_is_a_formula(lead: Client) -> None:
    assert rows(lead, "?kind=rota")[0][1] == "'=Lena"


def test_it_takes_as_many_queries_for_fifty_lines_as_for_one(lead: Client) -> None:
    with CaptureQueriesContext(connection) as fifty:
        lead.get(PAGE, {"kind": "hours"})
    with CaptureQueriesContext(connection) as one:
        lead.get(PAGE, {"kind": "rota"})
    assert len(fifty) == len(one)


def test_what_an_admin_does_to_people_and_keys_is_noted(people: People) -> None:
    client = sign_in(people.admin)
    invited = {"name": "Dora Deans", "email": "dora@helpline.example", "role": "counsellor", "display_name": "Dora"}
    client.post(reverse("desk:people"), invited)
    client.post(reverse("desk:invite-again", args=[people.bhavna.account.pk]))
    confirmed_and_done(another(), at=now())
    client.post(reverse("desk:forget-vault", args=[people.bhavna.member.pk]))
    done = AuditEntry.objects.exclude(kind="sign-in").exclude(what="desk epoch").order_by("pk")
    assert list(done.values_list("account__name", "action", "what", "about__name")) == [
        ("Alex", "invited", "account", "Dora Deans"),
        ("Alex", "proposed", "reset someone’s sign-in and invite them again", "Bhavna"),
        ("Sorley", "confirmed", "reset someone’s sign-in and invite them again", "Bhavna"),
        ("Alex", "done", "reset someone’s sign-in and invite them again", "Bhavna"),
        ("Alex", "proposed", "delete a vault", "Bhavna"),
    ]
