"""A colleague's note that the server keeps back is missed by the note that followed on from it, and the desk says what to do."""

import pytest
from playwright.sync_api import expect

from messaging.models import DeskNote
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, open_first, said, sign_in, unfold, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_the_note_that_followed_on_says_so(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("I am frightened").given_to(people.ailsa.member)
    page = at_the_desk(visit, people.ailsa).page
    open_first(page, "Mine")
    unfold(page, "Notes for colleagues")
    for text in ("She has a sister whom she trusts", "I called the sister"):
        page.get_by_label("New note").fill(text)
        page.get_by_role("button", name="Save the note").click()
        said(page, "Note saved.")
        expect(page.get_by_text(text)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Warning.")).to_have_count(0)
    DeskNote.objects.order_by("pk").first().delete()  # type: ignore[union-attr]  # There are two.

    later = visit("Ailsa, on another day", size=PHONE)
    sign_in(later.page, people.ailsa)
    unlock(later.page, people.ailsa)
    open_first(later.page, "Mine")
    expect(later.page.get_by_text("I called the sister")).to_be_visible(timeout=PATIENCE)
    warning = later.page.get_by_text("This note follows on from another note that is not here.")
    expect(warning).to_be_visible()
    assert_accessible(later.page)
    later.screenshot("desk-note-missing-390")
