"""A counsellor's browser at the desk, step by step."""

import re

from playwright.sync_api import Page, expect

from tests.parts.browser import DESKTOP, Visit, Visitor
from tests.world import signing_in
from tests.world.staff import DeskPerson, Person

PATIENCE = 30_000  # Argon2id takes its time on a busy machine.


def sign_in(page: Page, person: Person, address: str = "/desk/") -> None:
    """The page as it is for somebody who has signed in: with what the browser was given at the end of `sign_in_by_hand`.

    Both forms are sent as a browser sends them, but none is drawn, which takes three seconds of computing.
    """
    cookies = [
        {
            "name": each.key,
            "value": each.value,
            "domain": "localhost",
            "path": each["path"],
            "httpOnly": bool(each["httponly"]),
            "sameSite": each["samesite"] or "Lax",
        }
        for each in signing_in.sign_in(person).cookies.values()
        if each.value
    ]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(address)


def sign_in_by_hand(page: Page, person: Person, address: str = "/desk/") -> None:
    """Password, then the authenticator's code. Where they signed in a moment ago, it is as if half a minute had passed."""
    person.forget_code()
    page.goto(address)
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(person.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(person.code())
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(re.compile(re.escape(address) + "$"), timeout=PATIENCE)


def unlock(page: Page, person: DeskPerson) -> None:
    """Opens the vault with its passphrase; the desk's lists are there."""
    page.get_by_label("Passphrase of your vault").fill(person.passphrase, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_role("heading", name="Mine")).to_be_visible(timeout=PATIENCE)


def open_first(page: Page, heading: str) -> None:
    """The first conversation below the heading."""
    page.get_by_role("region", name=heading).get_by_role("button").first.click()
    expect(page.get_by_role("list", name="Messages")).to_be_visible(timeout=PATIENCE)


def short_name(conversation: bytes) -> str:
    """As the lists name it."""
    letters = "".join("ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[byte % 32] for byte in conversation[:6])
    return f"{letters[:3]}-{letters[3:]}"


def reply(page: Page, text: str) -> None:
    page.get_by_label("Your reply").fill(text)
    page.get_by_role("button", name="Send, signed").click()


def said(page: Page, words: str) -> None:
    """The page says this, where a screen reader hears it."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible(timeout=PATIENCE)


def sign_in_anew(visitor: Visitor, person: Person) -> None:
    """In another tab, half a minute later."""
    page = visitor.context.new_page()
    sign_in(page, person)
    page.close()


def at_the_desk(visit: Visit, person: DeskPerson, size: tuple[int, int] = DESKTOP) -> Visitor:
    visitor = visit(person.name, size=size)
    sign_in(visitor.page, person)
    unlock(visitor.page, person)
    return visitor


def unfold(page: Page, title: str) -> None:
    page.locator("summary", has_text=title).first.click()


def let_pass(page: Page, milliseconds: int) -> None:
    """So long by the page's own timers, which go off in their order: on a busy machine the page too has come so far."""
    page.evaluate("(length) => new Promise((done) => setTimeout(done, length))", milliseconds)
