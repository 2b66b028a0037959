"""The content leads to pages that exist and to very few other sites; its numbers are crisis lines, and never one installation's own."""

import re

import pytest
from django.urls import Resolver404, resolve

from helpline.pages import library, markdown
from tests.helpline.pages.written import Written, links, written_pages

PAGES = written_pages()
SLUGS = {page.slug for page in PAGES}
# Emergency, police, NHS, Samaritans, Childline, Lifeline (Northern Ireland).
LINES = {"999", "101", "111", "116123", "08001111", "08088088000"}
ELSEWHERE = {"https://report.iwf.org.uk/", "https://www.childline.org.uk/"}


def lost(href: str, says: str) -> bool:
    """It leads nowhere that it should."""
    if href.startswith("tel:"):
        return href.removeprefix("tel:") not in LINES or re.sub(r"\D", "", says) != href.removeprefix("tel:")
    if not href.startswith("/"):
        return href not in ELSEWHERE
    if href.startswith("/read/"):
        return href.removeprefix("/read/") not in SLUGS
    try:
        resolve(href)
    except Resolver404:
        return True
    return False


def untapped(markdown_text: str) -> list[str]:
    """What looks like a telephone number, of three digits and more however grouped, and is no link."""
    words = re.sub(r"\[[^\]]*\]\([^)]*\)", "", markdown_text)
    return [re.sub(r"\D", "", number) for number in re.findall(r"\d(?:[ ()-]{0,2}\d){2,}", words)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_every_link_arrives(page: Written) -> None:
    assert [link for link in links(page.body) if lost(*link)] == []
    assert f"/read/{page.slug}" not in [href for href, _ in links(page.body)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_every_number_can_be_tapped(page: Written) -> None:
    assert untapped(f"{page.head['summary']}\n{page.body}") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_everything_that_was_written_is_shown(page: Written) -> None:
    assert markdown.markdown_problems(page.body, names=library.NAMES) == []


def test_every_page_can_be_reached_from_another() -> None:
    led_to = {href.removeprefix("/read/") for page in PAGES for href, _ in links(page.body) if href.startswith("/read/")}
    assert led_to == SLUGS - {"4"}  # Whoever looks for that one looks on the start page.


def test_what_leads_nowhere_is_noticed() -> None:
    assert lost("/read/nothing", "Nothing")
    assert lost("/nowhere", "Nowhere")
    assert lost("https://www.example.org/", "Another site")
    assert lost("tel:08001111", "0800 1112")
    assert lost("tel:08081000900", "0808 1000 900")


def test_a_number_that_is_only_written_is_noticed() -> None:
    assert untapped("Call 0808 1000 900 or (0131) 496-0000, not [999](tel:999); or press 55.") == ["08081000900", "01314960000"]
