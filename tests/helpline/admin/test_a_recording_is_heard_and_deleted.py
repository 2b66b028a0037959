"""An admin listens to a page's recording, and deletes it with a tick, which the trail keeps; a page without one offers neither."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.demo.content import RECORDINGS
from helpline.models import AuditEntry, Organisation, Page, Recording
from helpline.pages.import_content import import_content
from helpline.pages.recordings import load_recordings


@pytest.fixture
def page(db: None, client_build: object) -> Page:
    Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")
    import_content()
    load_recordings(RECORDINGS)
    return Recording.objects.get().page


def saved(desk: Client, page: Page, **more: str) -> Any:
    names = ("title", "summary", "body", "slug", "language", "kind", "audience", "position", "signed", "easy_read")
    return desk.post(change_of(page), {name: getattr(page, name) for name in names} | {"published": "on"} | more)


def change_of(page: Page) -> str:
    return reverse("admin:helpline_page_change", args=[page.pk])


def test_it_can_be_heard_from_the_form(desk: Client, page: Page) -> None:
    assert f'<a href="/listen/{Recording.objects.get().pk}">Listen to it</a>' in desk.get(change_of(page)).text


def test_it_stays_unless_it_is_ticked_and_then_is_gone_and_written_down(desk: Client, page: Page) -> None:
    assert saved(desk, page).status_code == 302
    assert Recording.objects.exists()
    assert saved(desk, page, delete_recording="on").status_code == 302
    assert not Recording.objects.exists()
    entry = AuditEntry.objects.latest("pk")
    assert (entry.row, entry.fields) == (str(page.pk), "delete_recording")
    assert "There is no recording." in desk.get(change_of(page)).text


def test_a_preview_deletes_nothing(desk: Client, page: Page) -> None:
    saved(desk, page, delete_recording="on", _preview="Preview")
    assert Recording.objects.exists()


def test_a_page_without_one_offers_neither(desk: Client, page: Page) -> None:
    text = desk.get(change_of(Page.objects.get(slug="16", language="en-gb"))).text
    assert "There is no recording." in text
    assert 'name="delete_recording"' not in text
