"""Leads and admins see sums by advert, day, part of the day and page; small ones nowhere, neither on the page nor in the file."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from helpline.models import Account, Advert, Campaign, OpeningInterval, Page, SpecialDay, Tally
from tests.world.signing_in import sign_in
from tests.world.staff import People

COUNTS, TABLE = reverse("desk:counts"), reverse("desk:counts-table")
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)
TUESDAY = FIRST + timedelta(days=1)


def asked(address: str, first: object = FIRST, last: object = LAST) -> str:
    return f"{address}?{urlencode({'first': first, 'last': last})}"


def count(what: str, number: int, day: date = TUESDAY, band: int = 8, **names: str) -> None:
    Tally.objects.create(what=what, day=day, band=band, number=number, **names)


@pytest.fixture
def advert(db: None) -> Advert:
    campaign = Campaign.objects.create(name="The campaign", starts_on=TUESDAY, ends_on=LAST, message="Its message.")
    return Advert.objects.create(campaign=campaign, kind="billboard", name="=At the station", code="k7mt", headline="Help", line="Now.")


@pytest.fixture
def admin(people: People, advert: Advert) -> Client:
    OpeningInterval.objects.all().delete()
    OpeningInterval.objects.bulk_create(OpeningInterval(channel="messages", weekday=day, opens=540, closes=1020) for day in range(5))
    SpecialDay.objects.create(channel="messages", date=TUESDAY, name="Staff training")
    return sign_in(people.admin)


def text(client: Client, **days: object) -> str:
    answer = client.get(asked(COUNTS, **days))
    assert answer.status_code == 200
    # The header's form has a token of its own each time.
    return " ".join(answer.content.decode().partition("<main")[2].split())


def lines(client: Client) -> list[list[str]]:
    answer = client.get(asked(TABLE))
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_leads_and_admins_alone(people: People, admin: Client) -> None:
    assert Client().get(COUNTS).status_code == 302
    counsellor = sign_in(people.ailsa)
    assert [counsellor.get(path).status_code for path in (COUNTS, TABLE)] == [403, 403]
    Account.objects.filter(pk=people.ailsa.account.pk).update(role=Account.Role.LEAD)
    assert [counsellor.get(path).status_code for path in (COUNTS, TABLE)] == [200, 200]
    assert f'href="{COUNTS}"' in counsellor.get(reverse("desk:keys")).content.decode()


def test_each_sum_stands_beside_the_campaign_and_the_calendar(admin: Client) -> None:
    Page.objects.create(slug="me", kind="way-in", audience="self", title="About me", summary="For you.", body="Read.")
    count("visit", 61, band=7, advert="k7mt")
    count("visit", 73, band=7, page="me")
    count("visit", 5, band=0, page="/write")
    count("start", 12)
    count("sent", 8)
    page = text(admin)
    for words in (
        "Billboard: =At the station",
        "Total: 61",
        "About me",
        "/read/me",
        "Total: 12",
        "Total: 8",
        "campaign, closed: Staff training",
    ):
        assert words in page, words
    assert page.count("<svg") == page.count("</svg>") > 5
    assert "style=" not in page
    assert ["Visits by advert", "Billboard: =At the station", "/c/k7mt", "2026-11-24", "", "61"] in lines(admin)
    assert ["Visits of pages", "", "", "", "midnight to 3am", "5"] in lines(admin)


def test_small_sums_are_nowhere_and_other_small_sums_change_nothing(admin: Client) -> None:
    for band in (0, 7):
        count("visit", 2, band=band, advert="k7mt")
        count("visit", 1, day=LAST, band=band, page="me")
    count("visit", 40, day=LAST, band=7, advert="k7mt")
    count("start", 3)
    count("sent", 4)
    page, table = text(admin), lines(admin)
    assert "Total: more than 40" in page
    assert page.count("fewer than 5") >= 5
    assert [row[-1] for row in table if row[0] in {"Began to write", "Messages sent"}] == ["fewer than 5", "fewer than 5"]
    Tally.objects.filter(number__lt=5, band=7).delete()
    Tally.objects.filter(number__lt=5).update(number=1)
    assert (text(admin), lines(admin)) == (page, table)


def test_no_text_of_the_file_is_a_formula(admin: Client) -> None:
    Page.objects.bulk_create(
        Page(slug=slug, kind="about", title=title, summary=".", body=".") for slug, title in (("a", "=1+1"), ("b", "+b"))
    )
    Tally.objects.bulk_create([Tally(what="visit", day=TUESDAY, band=1, page=page, number=9) for page in ("a", "b")])
    assert {row[1] for row in lines(admin) if row[1]} == {"Name", "'=1+1", "'+b"}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("", "2026-11-25", "Enter the first day."),
        ("2026-11-25", "soon", "Enter the last day as year, month and day"),
        ("2026-11-25", "2026-11-24", "Enter a last day that is not before the first day."),
        ("2026-01-01", "2026-11-24", "at most 91 days before"),
        ("0001-01-01", "2026-11-24", "Enter a day from 2000 to 2099."),
        ("9999-12-31", "9999-12-31", "Enter a day from 2000 to 2099."),
        ("2026-02-30\0", "<b>", "Enter the first day as year, month and day"),
    ],
)
def test_days_that_cannot_be_are_explained(admin: Client, first: str, last: str, words: str) -> None:
    page = text(admin, first=first, last=last)
    assert words in page
    assert "There is a problem" in page
    assert "<b>" not in page
    answer = admin.get(asked(TABLE, first, last), follow=True)
    assert words in answer.content.decode()


def test_unasked_it_shows_the_running_campaign_and_the_week_before(admin: Client, advert: Advert) -> None:
    context: Any = admin.get(COUNTS).context
    assert context["first"] <= context["last"]
    assert (context["last"] - context["first"]).days <= 91


def test_it_costs_the_same_for_a_day_and_for_three_months_of_many_adverts(admin: Client, advert: Advert) -> None:
    def cost(first: date) -> int:
        with CaptureQueriesContext(connection) as queries:
            text(admin, first=first)
        return len(queries)

    count("visit", 9, day=LAST, band=1, page="me")
    cost(LAST)
    little = cost(LAST)
    for number in range(12):
        fields = {"campaign": advert.campaign, "kind": "social", "headline": "Help", "line": "Now."}
        Advert.objects.create(name=f"Feed {number}", code=f"feed{'abcdefghjkmn'[number]}", **fields)
    days = [LAST - timedelta(days=number) for number in range(90)]
    Tally.objects.bulk_create(Tally(what="visit", day=day, band=band, page=f"page-{band}", number=9) for day in days for band in range(8))
    assert cost(LAST - timedelta(days=90)) == little
