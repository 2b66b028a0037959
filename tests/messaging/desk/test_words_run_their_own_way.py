"""What people write runs the way its language runs, wherever the desk shows or takes it; and the length of a reply is said aloud."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, open_first, reply, said, unfold
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
ARABIC = "مرحبا، أنا قلق بشأن ما أشاهده. (2)"


def runs(place: Locator) -> str:
    return str(place.evaluate("(element) => getComputedStyle(element).direction"))


@pytest.mark.night("by day every public page is mirrored")
def test_from_right_to_left_where_it_is_written_so(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first(ARABIC).given_to(people.ailsa.member)
    ailsa = at_the_desk(visit, people.ailsa, PHONE)
    page = ailsa.page
    open_first(page, "Mine")
    assert runs(page.locator(".desk-bubble__text")) == "rtl"
    for title, label in (("Notes for colleagues", "New note"), ("Give this conversation back", "Note for the next"), ("", "Your reply")):
        if title:
            unfold(page, title)
        field = page.get_by_label(label).locator("visible=true")
        assert runs(field) == "ltr"
        field.fill(ARABIC)
        assert runs(field) == "rtl"
    assert_accessible(page)
    ailsa.screenshot("desk-arabic-390")
    page.get_by_role("button", name="Save the note").click()
    said(page, "Note saved.")
    assert runs(page.locator(".desk-note__text").locator("visible=true")) == "rtl"
    unfold(page, "Saved replies")
    page.get_by_label("Save my reply as").fill("تحية")
    page.get_by_role("button", name="Save it for everyone at the desk").click()
    said(page, "“تحية” is saved.")
    page.get_by_label("A saved reply").select_option(label="تحية")
    assert runs(page.locator("p.desk-note__text").locator("visible=true").last) == "rtl"
    reply(page, ARABIC)
    said(page, "Sent, and signed as Ailsa.")
    assert runs(page.locator(".desk-bubble--desk .desk-bubble__text")) == "rtl"


@pytest.mark.night("by day on the page of the person, who has the same field")
def test_how_much_room_is_left_is_said_once_typing_stops(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("Can somebody help me?").given_to(people.ailsa.member)
    page = at_the_desk(visit, people.ailsa).page
    open_first(page, "Mine")
    area = page.get_by_label("Your reply")
    # Told when the field is entered: the limit stands in its description.
    expect(area).to_have_accessible_description(re.compile(r"^At most about \d{4} characters\.$"))
    spoken = page.locator(".desk-reply [role=status].govuk-visually-hidden")
    area.fill("x" * 9_000)
    room = page.locator("#reply-room")
    expect(room).to_have_text(re.compile(r"^Too long by about \d+ characters\.$"))
    expect(spoken).to_have_text(room.inner_text(), timeout=PATIENCE)
    area.fill("x" * 7_000)
    expect(spoken).to_have_text(re.compile(r"^Room for about \d+ more characters\.$"), timeout=PATIENCE)
    area.fill("x")
    expect(spoken).to_have_text("")
