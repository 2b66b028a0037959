"""An admin looks at a page as its readers will see it, and only then saves it; what is wrong is told beside its field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from helpline.models import Account, Organisation, Page
from tests.helpline.admin.signed_in import sign_in
from tests.parts.axe import violations
from tests.parts.browser import DESKTOP, Visitor
from tests.parts.web import WebServer

ADD = reverse("admin:helpline_page_add")
FILLED = {
    "title": "A new page",
    "summary": "What it is about.",
    "body": "## Part\n\nSome *text*, and [116 123](tel:116123).",
    "slug": "new-page",
    "language": "en-gb",
    "kind": "self-help",
    "audience": "self",
    "position": "1",
    "published": "on",
}


@pytest.fixture
def organisation(db: None, client_build: object) -> Organisation:
    return Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")


def make(**fields: Any) -> Page:
    return Page.objects.create(**{**FILLED, "position": 1, "published": True, **fields})


def faults(response: Any) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


@pytest.mark.usefixtures("organisation")
def test_a_preview_shows_the_page_and_saves_nothing(desk: Client) -> None:
    response = desk.post(ADD, {**FILLED, "_preview": "Preview"})
    assert "Preview: nothing is saved yet" in response.text
    frame = response.text.split('srcdoc="')[1].split('"></iframe>')[0]
    assert '"' not in frame
    assert "&lt;h1&gt;A new page&lt;/h1&gt;" in frame
    assert "&lt;script" not in frame
    assert not Page.objects.exists()
    # What was written is still in the form, to be saved as it is.
    assert 'value="new-page"' in response.text
    assert desk.post(ADD, FILLED).status_code == 302
    assert Page.objects.get().slug == "new-page"


@pytest.mark.usefixtures("organisation")
def test_a_preview_of_a_change_leaves_the_page_as_it_was(desk: Client) -> None:
    page = make()
    change = reverse("admin:helpline_page_change", args=[page.pk])
    response = desk.post(change, {**FILLED, "title": "Changed", "_preview": "Preview"})
    assert "&lt;h1&gt;Changed&lt;/h1&gt;" in response.text
    page.refresh_from_db()
    assert page.title == "A new page"


@pytest.mark.usefixtures("organisation")
def test_a_preview_is_in_the_pages_own_language(desk: Client) -> None:
    response = desk.post(ADD, {**FILLED, "language": "cy", "_preview": "Preview"})
    assert "lang=&quot;cy&quot;" in response.text
    assert "href=&quot;/cy/read&quot;" in response.text


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"body": "A <b>tag</b>"}, "body", "Take out the HTML “<b>”: write Markdown instead."),
        ({"body": "![x](/y.png)"}, "body", "Take out the picture: pages can have only words."),
        ({"body": "[x](http://example.org)"}, "body", "The link to “http://example.org” must begin with https://, tel: or /."),
        ({"body": "{fax}"}, "body", "{fax} is not known. Known are: {concern_phone}, {organisation}, {phone}."),
        ({"slug": "Not A Slug"}, "slug", "Enter small letters, digits and single hyphens, such as first-steps."),
        ({"slug": "taken"}, "slug", "There is already a page at this address in this language."),
        ({"title": ""}, "title", "This field is required."),
    ],
)
@pytest.mark.parametrize("button", ["_preview", "_save"])
@pytest.mark.usefixtures("organisation")
def test_what_is_wrong_is_told_beside_its_field(desk: Client, given: dict[str, str], field: str, said: str, button: str) -> None:
    make(slug="taken")
    response = desk.post(ADD, {**FILLED, **given, button: "1"})
    found = faults(response)
    assert set(found) == {field}
    assert any(each.startswith(said) for each in found[field])
    assert "preview__frame" not in response.text
    assert Page.objects.count() == 1


@pytest.mark.usefixtures("organisation")
def test_only_an_admin_gets_a_preview(admin: Account, desk: Client) -> None:
    Account.objects.filter(pk=admin.pk).update(role="counsellor")
    assert desk.post(ADD, {**FILLED, "_preview": "Preview"}).status_code in {302, 403}


def test_in_the_browser_the_preview_looks_as_the_page_does_and_nothing_runs(
    web_server: WebServer, organisation: Organisation, visit: Callable[..., Visitor]
) -> None:
    cookie = sign_in(Account.objects.create(email="ada@helpline.example", name="Ada", role="admin")).cookies[settings.SESSION_COOKIE_NAME]
    ada = visit("the admin", size=DESKTOP)
    ada.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{web_server.origin}/desk/"}])
    page = ada.page
    page.goto(ADD)
    for label in ("Title", "Summary", "Body"):
        page.get_by_label(f"{label}:").fill(FILLED[label.lower()])
    page.get_by_label("Address:").fill("new-page")
    page.get_by_label("Kind:").select_option("self-help")
    page.get_by_label("Audience:").select_option("young")
    page.get_by_label("Published").check()
    page.get_by_role("button", name="Preview").click()
    shown = page.frame_locator("iframe")
    shown.get_by_role("heading", name="A new page", level=1).wait_for()
    # The public site's own style came through the frame's policy, and its number is a link that can be seen to be one.
    weight = "element => getComputedStyle(element).fontWeight"
    assert shown.locator(".article .tel").evaluate(weight) == "700"
    colour = "element => getComputedStyle(element).backgroundColor"
    assert shown.locator(".childline").evaluate(colour) not in {"rgba(0, 0, 0, 0)", "transparent"}
    assert violations(page) == []
    ada.screenshot("admin-page-preview")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was added successfully").wait_for()
    public = visit("a reader")
    public.page.goto("/read/new-page")
    assert public.page.get_by_role("heading", name="A new page", level=1).is_visible()
    for name in ("helpline_campaign_add", "helpline_translatedterms_add", "helpline_page_changelist"):
        page.goto(reverse(f"admin:{name}"))
        assert violations(page) == [], name
