"""An admin chooses a file on a page's form and presses Upload: the browser sends it in pieces, says how far it is, and what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from config.demo.content import RECORDINGS
from helpline.models import Account, Organisation, Page, Recording, RecordingPiece
from tests.helpline.admin.signed_in import sign_in
from tests.parts.axe import violations
from tests.parts.browser import DESKTOP, Visitor
from tests.parts.web import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOUND = RECORDINGS / "en" / "17.mp3"


def test_a_recording_is_uploaded_in_the_browser(web_server: WebServer, visit: Callable[..., Visitor], tmp_path: Path) -> None:
    Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")
    row = Page.objects.create(slug="17", kind="self-help", title="A page", summary="A page.", body="Words.", published=True)
    account = Account.objects.create(email="ada@helpline.example", name="Ada", role="admin")
    cookie = sign_in(account).cookies[settings.SESSION_COOKIE_NAME]
    ada = visit("the admin", size=DESKTOP)
    ada.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{web_server.origin}/desk/"}])
    page = ada.page
    page.goto(reverse("admin:helpline_page_change", args=[row.pk]))
    said, upload = page.locator(".recording [role=status]"), page.get_by_role("button", name="Upload the recording")
    upload.click()
    assert said.inner_text() == "Choose a file first."
    picture = tmp_path / "picture.mp3"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    page.get_by_label("A recording of the words").set_input_files(picture)
    ada.expects("400.*/recording/")
    upload.click()
    page.get_by_text("This is no recording. Choose an MP3 or an Ogg file.").wait_for()
    large = tmp_path / "large.mp3"
    large.write_bytes(SOUND.read_bytes() * 20)
    page.get_by_label("A recording of the words").set_input_files(large)
    upload.click()
    page.get_by_text("This file is too large.").wait_for()
    assert not RecordingPiece.objects.exists()

    # What is typed into the form beside it stays.
    page.get_by_label("Title").fill("A page with a new title")
    page.get_by_label("A recording of the words").set_input_files(SOUND)
    # The first answer to a piece is lost on the way: the same piece is sent again.
    page.route("**/recording/*/1", lambda route: (route.fetch(), route.abort()), times=1)
    ada.expects("ERR_FAILED")
    upload.click()
    page.get_by_text("The recording is on the site. Listen to all of it once.").wait_for()
    assert bytes(Recording.objects.get().sound) == SOUND.read_bytes()
    assert page.locator("[data-recording-said]").inner_text() == "People can listen to this page. Listen to it"
    assert page.get_by_label("Title").input_value() == "A page with a new title"
    assert violations(page) == []
    ada.screenshot("admin-recording")

    visitor = visit("somebody").page
    visitor.goto("/read/17")
    assert visitor.locator("audio").get_attribute("src") == page.get_by_role("link", name="Listen to it").get_attribute("href")

    # Signed out in another tab: it says so, and nothing on the site changes.
    ada.context.clear_cookies()
    ada.expects("403.*/recording/")
    upload.click()
    page.get_by_text("You are signed out.").wait_for()
    assert Recording.objects.count() == 1
