"""What stays in a browser's history says nothing of what was read; links that people kept still lead there."""

import re

import pytest

from helpline.models import Organisation, Page
from helpline.pages.import_content import import_content
from helpline.pages.library import RENAMED
from tests.helpline.pages.asking import Get
from tests.helpline.pages.written import written_pages

ONION = f"http://{'a2' * 28}.onion"


def test_each_page_that_comes_with_the_service_has_a_number_for_a_name() -> None:
    assert [page.slug for page in written_pages() if not re.fullmatch(r"[1-9][0-9]?", page.slug)] == []


def test_an_address_of_before_leads_on_in_the_same_language(helpline: Organisation, get: Get) -> None:
    import_content()
    for old, new in RENAMED.items():
        for prefix in ("", "/pl"):
            answer = get(f"{prefix}/read/{old}")
            assert (answer.status_code, answer.headers["Location"]) == (302, f"{prefix}/read/{new}")
            assert answer.headers["Cache-Control"] == "no-store"
            assert get(f"{prefix}/read/{new}").status_code == 200


def test_a_page_of_the_organisations_own_keeps_its_address(helpline: Organisation, get: Get) -> None:
    assert get("/read/knock").status_code == 404
    Page.objects.create(slug="knock", kind="self-help", title="Own", summary="S", body="B", published=True)
    import_content()
    assert get("/read/knock").status_code == 200


@pytest.mark.parametrize("path", ["/", "/leaving", "/nothing"])
def test_what_stands_at_the_top_may_be_a_short_name_that_says_nothing(helpline: Organisation, get: Get, path: str) -> None:
    Organisation.objects.update(name_on_top="Harbour")
    html = get(path).text
    top, foot = html.split("<main")[0], html.split('class="site-footer"')[1]
    assert re.search(r'class="site-header__name"\s+href="/">Harbour</a>', top)
    assert "Helpline under test" not in top
    assert "Helpline under test" in foot


def test_the_page_about_leaving_names_tor_and_the_onion_address_where_there_is_one(helpline: Organisation, get: Get) -> None:
    html = get("/leaving").text
    assert 'href="https://www.torproject.org/download/" rel="noreferrer"' in html
    assert ".onion" not in html
    Organisation.objects.update(onion_address=ONION)
    assert f'href="{ONION}"' in get("/leaving").text
