"""Every page, step and fault has a title of its own, so that a tab can be told from another; none says what the site is about."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from playwright.sync_api import Page, expect

from helpline.models import Campaign, ConfidentialityTerms, Organisation
from helpline.pages.import_content import import_content
from helpline.public import errors
from tests.helpline.pages.draft import to_the_message
from tests.parts.addresses import public_pages
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import fill_in, give_back, send_first, take_words

PATIENCE = 60_000
# What stands in titles in English, and nothing else: each word is one that any site might have.
ORDINARY = re.compile(
    r"((Hours|Contents|News|Using this site|About|Start|List|Data|Open|Form|Privacy|Privacy, version \d|Page \d+|Step \d of 4|Not found"
    r"|No such page|Not understood|Open for too long|Try again later) – )?Information"
)


def title_of(html: str) -> str:
    found = re.findall(r"<title>([^<]*)</title>", html)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def full(helpline: Organisation) -> None:
    """Everything that there is to read, and an earlier version of the terms."""
    import_content()
    Campaign.objects.create(name="Another", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2), message="Its message.")
    ConfidentialityTerms.objects.create(version=2, text="The second words.", published_on=date(2026, 11, 2))


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_no_two_addresses_have_the_same_title(full: None, client: Client, language: str) -> None:
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    addresses = [*public_pages(language), f"{prefix}/confidential?version=1", f"{prefix}/nothing-here", f"{prefix}/read/nothing-here"]
    assert len(addresses) > 11
    titles = {address: title_of(client.get(address).content.decode()) for address in addresses}
    assert len(set(titles.values())) == len(titles), titles
    if language == settings.LANGUAGE_CODE:
        assert [title for title in titles.values() if not ORDINARY.fullmatch(title)] == []
        assert titles["/"] == "Information"
        assert titles["/write"] == "Step 1 of 4 – Information"


def test_what_went_wrong_has_titles_of_its_own(full: None, client: Client) -> None:
    request = RequestFactory().get("/")
    broken = [errors.bad_request(request, ValueError()), errors.csrf_failure(request), errors.server_error(request)]
    titles = [title_of(answer.content.decode()) for answer in broken] + [title_of(client.get("/none").content.decode())]
    assert len(set(titles)) == 4
    assert all(ORDINARY.fullmatch(title) for title in titles)


def test_while_no_message_is_taken_there_are_no_steps(full: None, client: Client) -> None:
    ConfidentialityTerms.objects.all().delete()
    assert title_of(client.get("/write").content.decode()) == "Form – Information"


def titled(page: Page, title: str) -> None:
    expect(page).to_have_title(f"{title} – Information", timeout=PATIENCE)


def test_each_step_of_writing_and_each_fault_is_in_the_title(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    page.goto("/write")
    titled(page, "Step 1 of 4")
    page.locator("#agree").click(timeout=PATIENCE)
    titled(page, "Step 2 of 4")
    page.get_by_role("button", name="Continue", exact=True).click()
    titled(page, "Error: Step 2 of 4")
    fill_in(page, "May I ask something?")
    words = take_words(page)
    titled(page, "Step 4 of 4")
    page.get_by_role("button", name="Send my message").click()
    titled(page, "Error: Step 4 of 4")
    page.go_back()
    titled(page, "Step 3 of 4")
    page.go_forward()
    # What was refused still stands there.
    titled(page, "Error: Step 4 of 4")
    give_back(page, words)
    titled(page, "Done")


def test_whoever_cannot_begin_hears_it_in_the_title(helpline: Organisation, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    person.expects("503|Failed to load")  # This helpline has no desk.
    person.page.goto("/write")
    titled(person.page, "Error: Step 1 of 4")


def in_welsh(page: Page) -> None:
    page.goto("/cy/inbox")
    expect(page).to_have_title("Agor – Gwybodaeth")
    page.locator("#open-form button[type=submit]").click(timeout=PATIENCE)
    expect(page).to_have_title("Gwall: Agor – Gwybodaeth")


@pytest.mark.night("by day each step of writing, and each fault, is in the title")
def test_each_state_of_an_inbox_is_in_the_title(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    page.goto("/write")
    to_the_message(page)
    words = send_first(page, "May I ask something?")
    in_welsh(page)
    page.goto("/inbox")
    titled(page, "Open")

    def opened(name: str) -> None:
        page.get_by_role("textbox", name="Your eight words").fill(" ".join(words))
        page.get_by_role("button", name=name, exact=True).click()

    opened("Open")
    titled(page, "Read")
    page.get_by_role("button", name="Send", exact=True).click()
    titled(page, "Error: Read")
    page.locator("#see-kept").click()
    titled(page, "Details")
    page.get_by_role("button", name="Back to your conversation").first.click()
    titled(page, "Error: Read")
    page.locator("#close").click()
    titled(page, "Closed")
    page.goto("/kept")
    titled(page, "Data")
    opened("Show me")
    titled(page, "All data")
    page.get_by_role("button", name="Close", exact=True).first.click()
    titled(page, "Data, closed")
    page.goto("/inbox")
    opened("Open")
    titled(page, "Read")
    page.locator("#delete").click()
    page.locator("#erase").click()
    titled(page, "Finished")


def test_search_engines_are_told_what_is_to_be_found_and_no_more_than_a_title_tells(full: None, client: Client) -> None:
    for address in public_pages():
        html = client.get(address).content.decode()
        hidden = address in {"/write", "/inbox", "/kept"}
        assert ('<meta name="robots" content="noindex, nofollow">' in html) is hidden, address
        described = re.findall(r'<meta name="description" content="([^"]*)">', html)
        assert described == ([] if hidden else ["Free and private help, by phone or in writing. Nobody will ask your name."]), address
    assert '<meta name="robots" content="noindex">' in client.get("/nothing-here").content.decode()
    assert client.get("/c/abc").headers["X-Robots-Tag"] == "noindex, nofollow"
    rules = client.get("/robots.txt")
    assert rules.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert rules.content.decode() == "User-agent: *\nDisallow: /c/\n"
