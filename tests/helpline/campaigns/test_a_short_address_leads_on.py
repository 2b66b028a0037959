"""/c/<code> leads to the advert's page, whatever was mistyped; it counts only somebody's visit, and only while the campaign runs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from helpline import statistics
from helpline.models import Advert, Organisation, Page, Tally

# The last second of the campaign in London, and with it in the organisation's zone; a minute later it is over.
RUNS = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)
LAST_MINUTE = datetime(2026, 12, 13, 23, 58, tzinfo=UTC)
FIRST_MINUTE = datetime(2026, 11, 16, 0, 1, tzinfo=UTC)
Ask = Callable[..., Any]


@pytest.fixture
def ask(client: Client, settings: Settings) -> Ask:
    def asked(path: str, at: datetime = RUNS, method: str = "get", **headers: str) -> Any:
        settings.CLOCK_OFFSET = at - datetime.now(UTC)
        named = {"Sec_Fetch_Dest": "document", **headers}
        return getattr(client, method)(path, headers={name.replace("_", "-"): value for name, value in named.items()})

    return asked


def counted() -> list[tuple[Any, ...]]:
    assert statistics.flush_counts()
    return list(Tally.objects.exclude(advert="").values_list("what", "day", "band", "page", "advert", "number"))


def test_it_leads_to_the_page_and_counts_one_visit_in_its_part_of_the_day(ask: Ask, billboard: Advert) -> None:
    answer = ask("/c/k7mt?utm_source=somewhere&fbclid=abc")
    assert (answer.status_code, answer.headers["Location"], answer.headers["Cache-Control"]) == (302, "/read/me", "no-store")
    assert (answer.content, answer.cookies) == (b"", {})
    assert counted() == [("visit", RUNS.date(), 7, "", "k7mt", 1)]


@pytest.mark.parametrize("typed", ["K7MT", "k7MT", "k7mt/", "k7mt.", "%20k7mt"])
def test_it_may_be_typed_as_people_type(ask: Ask, billboard: Advert, typed: str) -> None:
    assert ask(f"/c/{typed}").headers["Location"] == "/read/me"
    assert [row[-2:] for row in counted()] == [("k7mt", 1)]


@pytest.mark.parametrize("path", ["/c", "/c/", "/c/k7m", "/c/zzzz", "/c/k7mt/more", "/c/%00%00%00", "/c/ΚΆΠΑ", "/c/" + "k" * 300])
def test_a_mistyped_one_helps_too_and_counts_nothing(ask: Ask, billboard: Advert, path: str) -> None:
    answer = ask(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert counted() == []


def test_a_page_that_is_no_longer_published_gives_way_to_the_start_page(ask: Ask, billboard: Advert, phone_box: Advert) -> None:
    Page.objects.update(published=False)
    assert [ask(f"/c/{code}").headers["Location"] for code in ("k7mt", "phx4")] == ["/", "/"]
    assert sorted(row[-2:] for row in counted()) == [("k7mt", 1), ("phx4", 1)]


def test_a_page_in_another_language_is_shown_in_it(ask: Ask, billboard: Advert) -> None:
    Page.objects.update(language="pl")
    assert ask("/c/k7mt").headers["Location"] == "/pl/read/me"


@pytest.mark.parametrize(
    ("at", "number"),
    [(FIRST_MINUTE - timedelta(minutes=2), 0), (FIRST_MINUTE, 1), (LAST_MINUTE, 1), (LAST_MINUTE + timedelta(minutes=3), 0)],
)
def test_outside_the_campaigns_days_it_still_helps_and_counts_nothing(ask: Ask, billboard: Advert, at: datetime, number: int) -> None:
    assert ask("/c/k7mt", at).headers["Location"] == "/read/me"
    assert len(counted()) == number


def test_the_days_are_the_organisations(ask: Ask, own: Organisation, billboard: Advert) -> None:
    Organisation.objects.update(time_zone="Asia/Kathmandu")  # It is 5 h 45 min later there: the next day, between three and six.
    ask("/c/k7mt")
    assert counted() == [("visit", (RUNS + timedelta(days=1)).date(), 1, "", "k7mt", 1)]


def test_nobody_is_counted_who_did_not_look(ask: Ask, billboard: Advert) -> None:
    ask("/c/k7mt", method="head")
    ask("/c/k7mt", Sec_Purpose="prefetch")
    ask("/c/k7mt", Sec_Purpose="prefetch;prerender")
    ask("/c/k7mt", Purpose="prefetch")
    ask("/c/k7mt", Sec_Fetch_Dest="image")
    assert counted() == []
    ask("/c/k7mt", Sec_Fetch_Dest="document")
    assert len(counted()) == 1


def test_a_crawler_counts_as_nobody(client: Client, settings: Settings, billboard: Advert) -> None:
    settings.CLOCK_OFFSET = RUNS - datetime.now(UTC)
    for program in ("facebookexternalhit/1.1", "curl/8.14", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0", ""):
        assert client.get("/c/k7mt", headers={"User-Agent": program}).headers["Location"] == "/read/me"
    assert counted() == []


def test_it_costs_two_queries_and_a_mistyped_code_at_most_one(ask: Ask, billboard: Advert) -> None:
    for path, most in (("/c/k7mt", 2), ("/c/zzzz", 1), ("/c/-", 0)):
        with CaptureQueriesContext(connection) as queries:
            ask(path)
        assert len(queries) == most
