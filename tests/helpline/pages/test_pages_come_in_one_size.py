"""Whoever counts bytes on the line cannot tell which page is read: all have one size, but those on which people write (P15)."""

from collections import Counter

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from helpline.models import Organisation, Page
from helpline.pages.import_content import import_content
from helpline.web.middleware.page_size import STEP
from tests.helpline.pages.asking import Get
from tests.parts.addresses import public_addresses

# What can be written there is longer than a page for reading: whoever watches sees the program that seals come as well.
SEALING = {"write", "inbox", "kept"}
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def pages(language: str) -> list[str]:
    """Every address of a page in the language, each page for reading included."""
    with translation.override(language):
        slugs = Page.objects.filter(published=True).values_list("slug", flat=True).distinct()
        return [*public_addresses(language), *(reverse("read-page", args=[slug]) for slug in slugs)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_for_reading_has_one_size(helpline: Organisation, client: Client, language: str) -> None:
    import_content()
    sizes: Counter[int] = Counter()
    for address in pages(language):
        answer = client.get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code == 200:
            assert len(answer.content) % STEP == 0, address
            if address.rpartition("/")[2] not in SEALING:
                sizes[len(answer.content)] += 1
    assert sizes.total() > 15
    assert set(sizes) == {STEP}


@pytest.mark.parametrize("address", ["/", "/read", "/write", "/nothing-here"])
def test_the_length_that_is_said_is_the_length_that_comes(helpline: Organisation, client: Client, address: str) -> None:
    answer = client.get(address)
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert client.head(address).headers["Content-Length"] == answer.headers["Content-Length"]
    assert answer.content.rstrip(b" ").endswith(b"</html>\n")


def test_a_page_that_is_not_there_has_the_same_size(helpline: Organisation, get: Get) -> None:
    assert len(get("/nothing-here").content) == STEP


def test_a_longer_page_takes_another_step(helpline: Organisation, client: Client) -> None:
    Page.objects.create(
        slug="long", title="Long", kind=Page.Kind.SELF_HELP, summary="Long.", body="Words of a long page. " * 1_000, published=True
    )
    assert len(client.get("/read/long").content) == 2 * STEP


def test_what_is_no_page_stays_as_it_is(helpline: Organisation, client: Client) -> None:
    for address in ("/robots.txt", "/look.css", "/hours"):
        assert b"  " * 100 not in client.get(address).content
