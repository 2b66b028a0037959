"""Each public page that somebody was shown counts once, under a name that is the same in every language; nothing else does."""

import pytest
from django.test import Client
from django.urls import reverse

from helpline import statistics
from helpline.models import Organisation, Page, Tally
from tests.helpline.pages.conftest import helpline

__all__ = ["helpline"]
# What a browser says of itself when somebody asks it for a page.
LOOKED = {"Sec-Fetch-Dest": "document"}


def counted() -> dict[str, int]:
    assert statistics.flush_counts()
    return {row.page: row.number for row in Tally.objects.filter(what="visit")}


@pytest.fixture
def page(db: None) -> Page:
    return Page.objects.create(slug="first", kind="self-help", title="A page", summary="What it says.", body="Read.", published=True)


def test_pages_are_counted_by_name_or_slug(helpline: Organisation, page: Page, client: Client) -> None:
    for path in ("/", "/", "/cy/", "/write", "/pl/write", "/inbox", "/read/first"):
        assert client.get(path, headers=LOOKED).status_code == 200, path
    assert counted() == {"/": 3, "/write": 2, "/inbox": 1, "first": 1}


def test_what_is_no_page_or_is_not_shown_is_not_counted(helpline: Organisation, client: Client) -> None:
    for path in (
        "/hours",
        "/look.css",
        "/nothing",
        "/read/nothing",
        "/api/v1/desk",
        "/c/zzzz",
        reverse("account_login"),
        "/static/none.css",
    ):
        client.get(path, headers=LOOKED)
    client.head("/", headers=LOOKED)
    client.post("/", headers=LOOKED)
    client.get("/", headers={**LOOKED, "Sec-Purpose": "prefetch"})
    # A crawler, or a program that shows a preview, names no destination, whatever it calls itself.
    client.get("/")
    client.get("/", headers={"User-Agent": "Mozilla/5.0 (compatible; Chrome/137.0)"})
    client.get("/", headers={"Sec-Fetch-Dest": "empty"})
    assert counted() == {}


def test_beginning_to_write_is_one_empty_request_that_says_nothing(helpline: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/count", headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.content, answer.cookies, answer.headers["Cache-Control"]) == (204, b"", {}, "no-store")
    # Whatever else comes along, nothing of it is kept; another site's page adds nothing, and neither does what is no page.
    assert client.post("/count").status_code == 204
    assert client.post("/count?advert=k7mt", {"page": "me"}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 204
    assert client.post("/count", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 204
    assert client.get("/count").status_code == 405
    statistics.flush_counts()
    assert list(Tally.objects.values_list("what", "band", "page", "advert", "number")) == [("start", 8, "", "", 2)]
