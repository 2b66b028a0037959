"""Four questions say where to start. The answers are in no request, no address and no storage, and going back finds none of them."""

import re

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from helpline.models import Organisation, Page
from helpline.pages.import_content import import_content
from helpline.public.starting import STARTS
from tests.helpline.pages.asking import Get
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer

SHOW = "Show me where to start"


@pytest.fixture
def site(helpline: Organisation, web_server: WebServer) -> WebServer:
    import_content()
    return web_server


def answer(page: BrowserPage, **answers: str) -> None:
    for name, value in answers.items():
        page.locator(f"input[name={name}][value={value}]").check()
    page.get_by_role("button", name=SHOW).click()


LEADS_TO = {
    "danger": {"danger": "yes"},
    "ending": {"danger": "no", "ending": "yes"},
    "strong": {"danger": "no", "ending": "no", "who": "self", "what": "strong"},
    "thoughts": {"danger": "no", "ending": "no", "who": "self", "what": "thoughts"},
    "acts": {"danger": "no", "ending": "no", "who": "self", "what": "acts"},
    "police": {"danger": "no", "ending": "no", "who": "partner", "what": "police"},
    "family": {"danger": "no", "ending": "no", "who": "family", "what": "acts"},
    "young": {"danger": "no", "ending": "no", "who": "young", "what": "police"},
    "work": {"danger": "no", "ending": "no", "who": "work", "what": "acts"},
}


def test_the_answers_lead_to_one_page(site: WebServer, visit: Visit) -> None:
    """Of one browser, which finds the questions empty each time."""
    page = visit("the person", size=PHONE).page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for shown, answers in LEADS_TO.items():
        page.goto("/start", wait_until="networkidle")
        asked.clear()
        answer(page, **answers)
        expect(page.locator("#starts li:visible")).to_have_count(1)
        expect(page.locator(f"#start-{shown}")).to_be_visible()
        expect(page.locator("#starts-heading")).to_be_focused()
        assert page.locator("input:checked").count() == 0
        assert asked == []
        assert page.url.endswith("/start")
        assert page.evaluate("[localStorage.length, sessionStorage.length, history.state, document.cookie]") == [0, 0, None, ""]


def test_what_is_missing_is_said_and_the_questions_come_again_empty(site: WebServer, visit: Visit) -> None:
    page = visit("the person", size=PHONE).page
    page.goto("/start")
    answer(page, danger="no", ending="no", who="self")
    expect(page.get_by_role("alert")).to_have_text("Answer all four questions first.")
    assert_accessible(page)
    answer(page, what="acts")
    assert_accessible(page)
    page.get_by_role("button", name="Ask me again").click()
    expect(page.locator("input").first).to_be_focused()
    assert page.locator("input:checked").count() == 0
    page.locator("input[name=who][value=self]").check()
    page.reload()
    assert page.locator("input:checked").count() == 0


def test_without_a_script_every_start_is_listed(helpline: Organisation, get: Get) -> None:
    import_content()
    html = get("/start").text
    assert 'id="self-check" hidden' in html
    assert re.findall(r'<li id="start-(\w+)"', html) == ["danger", *STARTS]
    assert 'href="/start"' in get("/").text
    Page.objects.filter(slug="16").update(published=False)
    assert 'id="start-ending"' not in get("/start").text


def test_the_parts_are_numbered_and_can_be_ticked_on_paper(site: WebServer, visit: Visit, get: Get) -> None:
    assert "Part 1 of 9" in get("/read/16").text
    assert "Part 3 of 9" in get("/read/5").text
    assert "Part " not in get("/read/11").text.split("</article>")[0].split("<main")[1]
    page = visit("the person", size=PHONE).page
    page.goto("/list")
    assert page.locator(".ticks li").count() == 9
    page.emulate_media(media="print")
    paper = page.locator("body").inner_text().strip()
    assert paper == "", "the paper says nothing"
    expect(page.locator(".ticks__box").first).to_be_visible()
