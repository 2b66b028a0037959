"""Whoever does not know what to write takes a worksheet: its questions go into the message, stay on the page, and are sent sealed."""

from playwright.sync_api import expect

from tests.helpline.pages.draft import TEXT, to_the_message
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.staff import People

QUESTIONS = "When is it hardest?\n\n\nWhat will I do then?\n\n\nWho can I call?\n\n\nWhat do I need help with?\n"


def test_its_questions_come_after_what_was_typed_and_ask_for_nothing(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person", size=PHONE).page
    to_the_message(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_text("Use a worksheet").click()
    assert_accessible(page)
    page.get_by_role("button", name="Put these questions into my message").last.click()
    field = page.locator("#message-text")
    expect(field).to_have_value(f"{TEXT}\n\n{QUESTIONS}")
    expect(field).to_be_focused()
    page.keyboard.type("At night.")
    expect(field).to_have_value(f"{TEXT}\n\n{QUESTIONS.replace('hardest?\n', 'hardest?\nAt night.')}")
    expect(page.locator(".worksheets")).not_to_have_attribute("open", "")
    assert asked == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
