"""Exit this page: by click, by tap, by Shift three times; blank at once, gone from the history, and nothing brought back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from helpline.models import Organisation
from helpline.web.context import EXIT_ADDRESS
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit, Visitor
from tests.parts.leaving import click, shift_three_times, tap, weather
from tests.parts.web import WebServer


@pytest.fixture
def person(helpline: Organisation, web_server: WebServer, visit: Visit) -> Visitor:
    return visit("the person", has_touch=True)


@pytest.fixture
def elsewhere(person: Visitor) -> list[str]:
    return weather(person)


def test_a_click_a_tap_and_the_keyboard_lead_away(person: Visitor, elsewhere: list[str]) -> None:
    page = person.page
    person.expects("503|Failed to load")  # This helpline has no desk yet.
    ways: list[tuple[str, Callable[[Page], None]]] = [("/", click), ("/write", tap), ("/inbox", shift_three_times)]
    for path, leave in ways:
        page.goto("/leaving")
        page.goto(path)
        leave(page)
        expect(page).to_have_url(EXIT_ADDRESS)
        page.go_back()
        # Back from another site nothing is shown until it is asked for.
        expect(page.get_by_role("button", name="Show this page")).to_be_visible()
        expect(page.locator("main")).to_be_hidden()
        page.get_by_role("button", name="Show this page").click()
        expect(page.get_by_role("heading", name="Leaving this site")).to_be_visible()
        # The page that was left is not in the history: behind it is the one before.
        expect(page).to_have_url(re.compile(r"/leaving$"))
    assert elsewhere == ["", "", ""]


def test_the_page_is_blank_before_the_other_one_has_come(person: Visitor) -> None:
    page = person.page
    weather(person)
    person.expects("ERR_ABORTED|net::")
    page.goto("/")
    # Asked in the same turn as the click: before any other page could have come.
    seen = page.evaluate(
        """() => {
          document.getElementById("exit").click();
          return `${location.pathname} ${getComputedStyle(document.body).display} ${document.body.childElementCount} ${document.title}`;
        }"""
    )
    assert seen == "/ none 0 Information"
    page.wait_for_url("https://www.bbc.co.uk/**")


def test_capital_letters_do_not_leave(person: Visitor) -> None:
    page = person.page
    page.goto("/inbox")
    page.get_by_role("textbox", name="Your eight words").press_sequentially("ABC DEF", delay=5)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    expect(page.get_by_role("heading", name="Your reply")).to_be_visible()


def test_marking_text_stepping_back_and_capitals_between_do_not_leave(person: Visitor) -> None:
    page = person.page
    page.goto("/inbox")
    box = page.get_by_role("textbox", name="Your eight words")
    box.fill("what is typed here must stay")
    for _ in range(4):
        box.click(modifiers=["Shift"])
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    # A capital letter and two presses after it are two presses.
    box.press("Shift+I")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.mouse.wheel(0, 5)
    page.keyboard.press("Shift")
    expect(box).to_have_value(re.compile("must stay"))


def test_each_press_of_shift_is_shown_and_said(person: Visitor) -> None:
    page = person.page
    page.goto("/leaving")
    said = page.locator(".exit [role=status]")
    lights = page.locator(".exit [data-exit-lights] .is-on")
    for count, sentence in ((1, "Shift: press 2 more times to leave this page."), (2, "Shift: press 1 more time to leave this page.")):
        page.keyboard.press("Shift")
        expect(said).to_have_text(sentence)
        expect(lights).to_have_count(count)
        assert_accessible(page)
        # Dark lights on the dark button could not be counted.
        button, shown = (page.locator(f".exit {name}").bounding_box() for name in ("a", "[data-exit-lights]"))
        assert button is not None
        assert shown is not None
        assert shown["y"] >= button["y"] + button["height"]
    # They are forgotten together with what is said of them, by another key or by waiting.
    page.keyboard.press("a")
    expect(said).to_have_text("")
    expect(page.locator(".exit [data-exit-lights]")).to_be_hidden()
    page.keyboard.press("Shift")
    expect(lights).to_have_count(1)
    expect(said).to_have_text("", timeout=10_000)


def test_the_keyboard_s_way_is_told_where_there_is_a_keyboard(helpline: Organisation, web_server: WebServer, visit: Visit) -> None:
    desk = visit("somebody at a desk", size=DESKTOP).page
    desk.goto("/")
    expect(desk.get_by_text("Or press Shift three times")).to_be_visible()
    phone = visit("somebody with a phone", has_touch=True, is_mobile=True).page
    phone.goto("/")
    expect(phone.get_by_text("Or press Shift three times")).to_be_hidden()
