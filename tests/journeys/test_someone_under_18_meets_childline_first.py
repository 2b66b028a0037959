"""Whoever says that they are under 18 sees Childline beside that choice, and again when the message is sent; others do not."""

import pytest
from playwright.sync_api import expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import begin_to_write, send_first, unseen

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
UNDER_18 = "I am under 18"


def test_beside_the_choice_and_after_sending(people: People, web_server: WebServer, visit: Visit) -> None:
    visitor = visit("the person", size=PHONE)
    page = visitor.page
    begin_to_write(visitor, unseen)
    childline = page.locator("#write").get_by_role("link", name="Call Childline: 0800 1111")
    expect(page.get_by_text("If you leave this page or load it again, you will lose it.")).to_be_visible()
    expect(childline).to_have_count(0)
    page.get_by_label(UNDER_18).check()
    expect(childline).to_be_visible()
    choice, call, text = (page.locator(each).bounding_box() for each in ("input[value=young]", "#young", "#message-text"))
    assert choice is not None
    assert call is not None
    assert text is not None
    assert choice["y"] < call["y"] < text["y"]
    visitor.screenshot("young-390")
    assert_accessible(page)
    page.get_by_label("I am worried about my own thoughts").check()
    expect(childline).to_have_count(0)
    send_first(page, "I am 15 and somebody asks me for pictures", UNDER_18)
    expect(childline).to_be_visible()
    visitor.screenshot("young-sent-390")
    assert_accessible(page)


def test_nobody_else_is_sent_there(people: People, web_server: WebServer, visit: Visit) -> None:
    visitor = visit("the person", size=PHONE)
    begin_to_write(visitor, unseen)
    send_first(visitor.page, "I am worried")
    expect(visitor.page.locator("#young")).to_be_hidden()
