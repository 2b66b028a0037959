"""Where somebody in a crisis finds help is an admin's list, by nation, with ways for whoever cannot speak; no part of it is ever empty."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from helpline.models import CrisisWay, Organisation, Page
from helpline.signposts import CHECKED, KNOWN, SILENT
from tests.helpline.pages.asking import WEDNESDAY, Get

NIGHT = WEDNESDAY.replace(hour=2)


@pytest.fixture
def listed(helpline: Organisation) -> None:
    """The list as the migration makes it: other tests may have emptied the tables since."""
    CrisisWay.objects.all().delete()
    import_module("helpline.migrations.0145_crisis_ways").fill(apps, None)


def block(html: str) -> str:
    part = html[html.index('<section class="crisis"') :]
    return part[: part.index("</section>")]


@pytest.mark.parametrize(
    ("nation", "shown", "not_shown"),
    [
        ("scotland", ["NHS 24 111", "Breathing Space 0800 83 85 87"], ["option 2", "Lifeline"]),
        ("england-and-wales", ["NHS 111", "option 2"], ["NHS 24", "Breathing Space", "Lifeline"]),
        ("northern-ireland", ["Lifeline 0808 808 8000"], ["NHS", "Breathing Space"]),
        ("none", ["NHS 111"], ["option 2", "Breathing Space", "Lifeline"]),
    ],
)
def test_each_nation_has_its_own(helpline: Organisation, get: Get, nation: str, shown: list[str], not_shown: list[str]) -> None:
    Organisation.objects.update(nation=nation)
    html = block(get("/inbox").text)
    for words in (
        *shown,
        "Samaritans 116 123",
        "Childline 0800 1111",
        "Shout 85258",
        "999 BSL",
        "Relay UK 18000",
        "Internet Watch Foundation",
    ):
        assert words in html, words
    assert [words for words in not_shown if words in html] == []
    assert html.index('href="tel:999"') < html.index('href="tel:116123"') < html.index('href="sms:85258"')


@pytest.mark.usefixtures("listed")
def test_an_admin_changes_it_and_each_page_follows(get: Get) -> None:
    CrisisWay.objects.filter(name="Samaritans", group="voice").update(contact="0800 000 0001", address="tel:08000000001")
    CrisisWay.objects.create(group="silent", name="Our chat", address="https://chat.example.org/", what_for="at night", position=99)
    for path in ("/", "/write", "/inbox", "/read"):
        html = get(path).text
        assert "Samaritans 0800 000 0001" in block(html)
        assert 'href="https://chat.example.org/"' in block(html)
        assert "116123" not in html
    # In another language what is not translated is marked as what it is.
    assert '<span lang="en-GB" dir="ltr">at night</span>' in block(get("/pl/write").text)
    assert "za darmo, w dzień i w nocy" in block(get("/pl/write").text)


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("gone", [{}, {"group": SILENT}, {"for_ending": True}])
def test_what_the_list_has_none_of_comes_from_the_services_own(get: Get, gone: dict[str, object]) -> None:
    CrisisWay.objects.filter(**gone).delete()
    html = get("/write").text
    assert "sms:85258" in html
    assert 'href="tel:116123"' in html[html.index('class="danger"') : html.index("<textarea", html.index('class="danger"'))]


@pytest.mark.usefixtures("listed")
def test_a_new_installation_begins_with_it() -> None:
    rows = list(CrisisWay.objects.values_list("nation", "group", "name", "contact", "address", "what_for", "for_ending", "source"))
    assert rows == [tuple(way) for way in KNOWN]
    assert set(CrisisWay.objects.values_list("checked_on", flat=True)) == {CHECKED}
    for way in CrisisWay.objects.all():
        way.full_clean()


def test_what_is_pressed_is_what_is_read() -> None:
    for way in KNOWN:
        kind, _, rest = way.address.partition(":")
        if kind in {"tel", "sms"}:
            assert re.sub(r"\D", "", way.contact) == rest, way
        elif kind == "mailto":
            assert way.contact == rest, way
        assert way.source.startswith("https://"), way


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://example.org/", "tel:call us", "https://who@example.org/", "data:text/html,x", "/read/16"]
)
def test_an_address_that_could_lead_astray_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="tel: or sms:"):
        CrisisWay(group="voice", name="Somebody", address=address, what_for="to talk").clean_fields()


@pytest.mark.usefixtures("somebody_there")
def test_beside_a_closed_phone_stands_another_voice_and_writing_comes_first(get: Get) -> None:
    html = get("/", at=NIGHT).text
    phone = html[html.index('id="phone"') :].split("</section>")[0]
    assert "Do you need to talk to someone now?" in phone
    assert 'href="tel:116123"' in phone
    assert html.index('id="messages"') < html.index('id="phone"')
    html = get("/", at=WEDNESDAY).text
    assert html.index('id="phone"') < html.index('id="messages"')
    said = html[html.index('id="phone"') :].split("</section>")[0]
    assert 'data-while="unanswered" hidden' in said


@pytest.mark.usefixtures("helpline")
def test_the_page_for_whoever_thinks_about_ending_their_life_is_one_press_away(get: Get) -> None:
    for path in ("/", "/write", "/inbox", "/read"):
        assert "I am thinking about ending my life" not in get(path).text
    Page.objects.create(slug="16", kind="self-help", audience="everybody", title="T", summary="S", body="B", published=True)
    for path in ("/", "/write", "/inbox", "/read"):
        assert '<a href="/read/16">I am thinking about ending my life</a>' in block(get(path).text)
    assert '<a href="/cy/read/16">' in block(get("/cy/write").text)
    assert '<a href="/read/16">Or read this first</a>' in get("/").text
