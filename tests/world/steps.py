"""What a person and a counsellor do in a browser, step by step; each state passed through may be looked at by `look`."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from messaging.models import Conversation
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit, Visitor
from tests.parts.processes import wait_until
from tests.world.staff import DeskPerson, People

# Argon2id and a first page may take their time on a busy machine.
PATIENCE = 30_000


@dataclass(frozen=True)
class StaffSecrets:
    """What a counsellor types: `code` gives the authenticator's digits of the moment."""

    email: str
    password: str
    passphrase: str
    code: Callable[[], str]


Watch = Callable[[Visitor, str], None]


class Look:
    """Takes a numbered picture of each state, and demands that it has no accessibility violation."""

    def __init__(self, journey: str) -> None:
        self.journey, self.count = journey, 0

    def __call__(self, visitor: Visitor, state: str) -> None:
        self.count += 1
        visitor.screenshot(f"{self.journey}-{self.count:02}-{state}")
        assert_accessible(visitor.page)


def unseen(visitor: Visitor, state: str) -> None:
    """For journeys that are about something else than the pages."""


def begin_to_write(visitor: Visitor, look: Watch) -> None:
    """From the start page to the empty message, through the terms."""
    page = visitor.page
    page.goto("/")
    look(visitor, "start")
    page.get_by_role("link", name="Write a message").click()
    expect(page.locator("#agree")).to_be_visible(timeout=PATIENCE)
    look(visitor, "terms")
    page.locator("#agree").click()
    expect(page.locator("#message-text")).to_be_visible(timeout=PATIENCE)
    look(visitor, "empty-message")


def fill_in(page: Page, text: str, route: str = "I am worried about my own thoughts") -> None:
    """Fills in the message."""
    page.get_by_label(route).check()
    page.locator("#message-text").fill(text)


def shown_words(page: Page) -> list[str]:
    """The eight words, while their step is shown."""
    return [text.strip() for text in page.locator("#words li").all_inner_texts()]


def take_words(page: Page) -> list[str]:
    """From a message that is written to the step where two of the words are asked for, without giving them back: the eight words."""
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#words li")).to_have_count(8)
    words = shown_words(page)
    page.locator("#kept").click()
    return words


def give_back(page: Page, words: list[str], numbered: bool = False) -> None:
    """Types the two words that are asked for, and sends."""
    for name in ("first", "second"):
        label = page.locator(f"label[for=check-{name}]").inner_text()
        place = next(number for number in range(1, 9) if str(number) in label)
        # As it stands on a paper with numbers.
        page.locator(f"#check-{name}").fill(f"{place}. {words[place - 1]}" if numbered else words[place - 1])
    page.locator("#check-form [data-part=send]").click()


def send_first(
    page: Page, text: str, route: str = "I am worried about my own thoughts", look: Callable[[str], None] = lambda _: None
) -> list[str]:
    """Fills in the message, keeps the words and sends it; the page says that it is sent. The words."""
    fill_in(page, text, route)
    page.locator("#message-form [data-part=send]").click()
    expect(page.locator("#words li")).to_have_count(8)
    look("words")
    words = shown_words(page)
    page.locator("#kept").click()
    look("check")
    give_back(page, words)
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible(timeout=PATIENCE)
    return words


def open_inbox(page: Page, words: list[str]) -> None:
    """With the eight words, from the start page."""
    page.goto("/inbox")
    page.locator("#open-form textarea, #open-form input[type=text]").first.fill(" ".join(words))
    page.locator("#open-form").get_by_role("button", name="Open").click()
    expect(page.locator("#thread-heading")).to_be_visible(timeout=PATIENCE)


def sign_in(visitor: Visitor, staff: StaffSecrets, look: Watch) -> None:
    """Password, then the authenticator's code; to the locked desk."""
    page = visitor.page
    page.goto("/desk/")
    page.get_by_label("Email address").fill(staff.email)
    page.get_by_label("Password", exact=True).fill(staff.password)
    look(visitor, "sign-in")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(staff.code())
    look(visitor, "second-step")
    page.get_by_role("button", name="Continue").click()


def unlock(visitor: Visitor, staff: StaffSecrets, look: Watch) -> None:
    """Opens the vault with its passphrase."""
    page = visitor.page
    page.get_by_label("Passphrase of your vault").fill(staff.passphrase, timeout=PATIENCE)
    look(visitor, "locked-desk")
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_role("heading", name="Mine")).to_be_visible(timeout=PATIENCE)
    look(visitor, "lists")


def answer(visitor: Visitor, expected: str, reply: str, look: Watch) -> None:
    """Opens the one conversation under Mine, reads it, and answers."""
    page = visitor.page
    page.locator("[aria-labelledby=mine] button, #mine button, section:has(h2:text('Mine')) button").first.click()
    expect(page.get_by_text(expected)).to_be_visible(timeout=PATIENCE)
    look(visitor, "conversation")
    page.get_by_label("Your reply").fill(reply)
    page.get_by_role("button", name="Send, signed").click()
    expect(page.get_by_role("list", name="Messages").get_by_text(reply)).to_be_visible(timeout=PATIENCE)
    look(visitor, "answered")


def the_chosen_one_answers(people: People, visit: Visit, asked: str, reply: str, look: Watch) -> tuple[DeskPerson, Visitor]:
    """Whoever routing gave the one conversation to signs in, unlocks, reads and answers."""
    wait_until(lambda: Conversation.objects.filter(state="assigned").exists(), "a counsellor has the conversation")
    member = Conversation.objects.select_related("member").get().member
    chosen = next(one for one in (people.ailsa, people.bhavna) if one.member == member)
    staff = StaffSecrets(chosen.email, chosen.password, chosen.passphrase, chosen.code)
    counsellor = visit("the counsellor", size=DESKTOP)
    sign_in(counsellor, staff, look)
    unlock(counsellor, staff, look)
    answer(counsellor, asked, reply, look)
    return chosen, counsellor
