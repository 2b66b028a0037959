"""What is photographed, and how a browser gets there. Each scene leaves one page as a reader should see it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.demonstration import Demonstration
from tests.parts.browser import DESKTOP, PHONE, Visitor
from tests.world.steps import PATIENCE, begin_to_write, sign_in, unlock, unseen

MESSAGE = "I have been looking at things I should not look at. Nobody knows. I want to stop, and I do not know how."
REPLY = (
    "Thank you for writing. What you saw must have been a shock, and you do not have to decide everything tonight. "
    "One thing first: is your daughter with you now?"
)
# A desk with room for a whole week, and one for a whole conversation.
TALL, TALLER = (1280, 1000), (1280, 1750)


@dataclass(frozen=True)
class Scene:
    """`go` leads a visitor to it; `role` is who signs in first, or None for a person who is helped."""

    go: Callable[[Visitor], None]
    role: str | None
    size: tuple[int, int] = DESKTOP


def _write(visitor: Visitor) -> None:
    page = visitor.page
    begin_to_write(visitor, unseen)
    page.get_by_label("I am worried about my own thoughts").check()
    page.locator("#message-text").fill(MESSAGE)
    _at_the_top(page, "fieldset:visible")


def _conversation(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("section:has(h2:text('Mine')) button").first.click()
    expect(page.get_by_label("Your reply")).to_be_visible(timeout=PATIENCE)
    # Notes open by themselves where there are some.
    expect(page.get_by_label("New note")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("Your reply").fill(REPLY)
    page.evaluate("scrollTo(0, 0)")


def _page(address: str) -> Callable[[Visitor], None]:
    def go(visitor: Visitor) -> None:
        visitor.page.goto(address)
        expect(visitor.page.locator("main h1")).to_be_visible(timeout=PATIENCE)

    return go


def _lists(visitor: Visitor) -> None:
    expect(visitor.page.get_by_role("heading", name="Mine")).to_be_visible(timeout=PATIENCE)


def _at_the_top(page: Page, selector: str) -> None:
    page.locator(selector).first.evaluate("node => node.scrollIntoView()")


SCENES = {
    "a-phone-that-writes": Scene(_write, None, PHONE),
    "the-desk": Scene(_lists, "counsellor"),
    "a-conversation": Scene(_conversation, "counsellor", TALLER),
    "my-rota": Scene(_page("/desk/rota/mine/"), "counsellor"),
    "a-week-of-the-rota": Scene(_page("/desk/rota/"), "lead", TALL),
    "hours": Scene(_page("/desk/hours/"), "lead"),
    "status": Scene(_page("/desk/status/"), "lead"),
    "keys": Scene(_page("/desk/keys/"), "admin"),
    "staff": Scene(_page("/desk/people/"), "admin"),
}


def enter(visitor: Visitor, demo: Demonstration, role: str) -> None:
    """Signs in; whoever reads messages opens their vault too."""
    staff = demo.staff(role)
    sign_in(visitor, staff, unseen)
    if staff.passphrase:
        unlock(visitor, staff, unseen)
    else:
        expect(visitor.page).to_have_url(re.compile("/desk/"), timeout=PATIENCE)
