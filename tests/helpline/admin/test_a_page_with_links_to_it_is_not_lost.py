"""What leads to a page is told before it goes away: adverts keep it from being deleted, and links to an old address are named."""

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from helpline.models import Advert, Campaign, Page

pytestmark = pytest.mark.django_db
FIELDS = {"kind": "self-help", "audience": "self", "summary": "S", "body": "B", "position": 0, "language": "en-gb"}


def make(slug: str, **fields: Any) -> Page:
    return Page.objects.create(slug=slug, **{"title": slug.title(), "published": True, **FIELDS, **fields})


@pytest.fixture
def page() -> Page:
    return make("first")


@pytest.fixture
def advert(page: Page) -> Advert:
    campaign = Campaign.objects.create(name="A campaign", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1), message="")
    return Advert.objects.create(campaign=campaign, kind="billboard", name="Main street", code="abc", page=page, headline="H", line="L")


def change(desk: Client, page: Page, **fields: Any) -> list[str]:
    """Saves the page with these fields and returns the warnings."""
    data = {name: getattr(page, name) for name in (*FIELDS, "slug", "title")} | {"published": "on"} | fields
    response = desk.post(
        reverse("admin:helpline_page_change", args=[page.pk]), {name: value for name, value in data.items() if value is not None}
    )
    assert response.status_code == 302, response.context["adminform"].form.errors
    return [str(message) for message in get_messages(response.wsgi_request) if message.level_tag == "warning"]


def test_a_page_that_an_advert_leads_to_is_not_deleted_and_the_admin_is_told_why(desk: Client, page: Page, advert: Advert) -> None:
    address = reverse("admin:helpline_page_delete", args=[page.pk])
    for response in (desk.get(address), desk.post(address, {"post": "yes"})):
        assert "“First” cannot be deleted, because adverts lead to it." in response.text
        assert "Main street" in response.text
    assert Page.objects.filter(pk=page.pk).exists()
    advert.delete()
    assert desk.post(address, {"post": "yes"}).status_code == 302
    assert not Page.objects.exists()


def test_pages_are_not_deleted_by_the_dozen(desk: Client, page: Page) -> None:
    address = reverse("admin:helpline_page_changelist")
    assert "delete_selected" not in desk.get(address).text
    desk.post(address, {"action": "delete_selected", "_selected_action": [page.pk], "post": "yes"})
    assert Page.objects.exists()


def test_a_new_address_names_the_pages_that_have_links_to_the_old_one(desk: Client, page: Page) -> None:
    make("second", body="See [the first](/read/first).")
    make("third", body="See [the first](first).")
    make("fourth", body="The word first, and [another](/read/first-steps).")
    said = change(desk, page, slug="beginning")
    assert said == ["These pages link to the old address, /read/first: “Second”, “Third”. Change them too."]


def test_a_page_taken_back_says_where_its_adverts_lead_now(desk: Client, page: Page, advert: Advert) -> None:
    said = change(desk, page, published=None)
    assert said == ["Adverts lead to this page: Billboard: Main street. While it is not published, they lead to the start page."]


def test_a_change_of_words_alone_says_nothing(desk: Client, page: Page, advert: Advert) -> None:
    make("second", body="See [the first](/read/first).")
    assert change(desk, page, title="Another title") == []


def test_links_to_pages_that_nobody_can_read_are_named(desk: Client, page: Page) -> None:
    make("draft", published=False)
    said = change(desk, page, body="[a](/read/draft) [b](nowhere) [c](/write) [d](https://example.org/read/x)")
    assert said == ["The text links to pages that nobody can read yet: /read/draft, /read/nowhere."]


def test_a_page_names_its_own_address_where_people_can_read_it(desk: Client, page: Page) -> None:
    hidden = make("hidden", published=False, language="cy")
    shown = desk.get(reverse("admin:helpline_page_change", args=[page.pk])).text
    assert '<a href="/read/first">/read/first</a>' in shown
    assert "Nobody can read it yet." in desk.get(reverse("admin:helpline_page_change", args=[hidden.pk])).text
