"""The language stands in the address and nowhere else: no cookie, no guess, no variant of one address for different browsers."""

import re

import pytest
from django.conf import settings as installed
from django.test import Client
from pytest_django.fixtures import Settings

from helpline.models import Organisation
from tests.helpline.pages.asking import Get

PAGES = ("/", "/write", "/inbox", "/kept", "/when", "/read", "/campaign", "/confidential", "/leaving")
LANGUAGES = {"en-gb": ("", "en-GB"), "cy": ("/cy", "cy"), "pl": ("/pl", "pl")}


def test_every_page_is_there_in_every_language_and_says_so(helpline: Organisation, get: Get) -> None:
    for prefix, tag in LANGUAGES.values():
        for page in PAGES:
            answer = get(prefix + page)
            assert answer.status_code == 200, prefix + page
            assert f'<html lang="{tag}" dir="ltr"' in answer.content.decode(), prefix + page


def test_the_switch_leads_to_the_same_page_and_each_language_is_named_in_itself(helpline: Organisation, get: Get) -> None:
    for page in PAGES:
        for prefix, _tag in LANGUAGES.values():
            switch = re.search(r'<nav class="languages".*?</nav>', get(prefix + page).content.decode(), re.DOTALL)
            assert switch is not None
            links = re.findall(r'<a href="([^"]*)" hreflang="([^"]*)" lang="([^"]*)" dir="ltr">([^<]*)</a>', switch[0])
            names = dict(installed.LANGUAGES)
            wanted = [(other + page, tag, tag, names[code]) for code, (other, tag) in LANGUAGES.items() if other != prefix]
            assert links == wanted, prefix + page
            assert switch[0].count('aria-current="true"') == 1


def test_an_address_that_leads_nowhere_says_so_in_its_language_and_leads_to_the_start(helpline: Organisation, get: Get) -> None:
    answer = get("/pl/nothing")
    assert answer.status_code == 404
    assert "Tej strony tu nie ma" in answer.content.decode()
    assert 'href="/cy/" hreflang="cy"' in answer.content.decode()
    # The first language has one address, and a variant of a language none.
    assert get("/en-gb/").status_code == get("/cy-gb/").status_code == get("/pl/desk/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/write", "/confidential"])
def test_what_the_browser_prefers_changes_nothing(helpline: Organisation, client: Client, path: str) -> None:
    client.cookies[installed.LANGUAGE_COOKIE_NAME] = "cy"
    answer = client.get(path, headers={"accept-language": "pl"})
    assert '<html lang="en-GB"' in answer.content.decode()
    for name in ("Vary", "Set-Cookie"):
        assert name not in answer.headers


def test_what_programs_ask_for_has_no_language(helpline: Organisation, client: Client) -> None:
    for path in ("/look.css", "/api/v1/desk", "/hours.ics"):
        assert client.get(path).status_code != 404, path
        assert client.get(f"/pl{path}").status_code == 404, path


def test_the_desk_stays_english(helpline: Organisation, client: Client) -> None:
    client.get("/pl/")
    assert '<html lang="en-GB"' in client.get("/desk/account/login/").content.decode()


def test_a_draft_says_that_it_is_one_and_where_the_english_page_is(helpline: Organisation, get: Get, settings: Settings) -> None:
    assert "drafted" not in get("/write").content.decode()
    assert "Niesprawdzony szkic maszyny." in get("/pl/write").content.decode()
    welsh = get("/cy/leaving").content.decode()
    assert "Drafft peiriant heb ei wirio." in welsh
    assert '<a href="/leaving" hreflang="en-GB">Y Saesneg sy’n cyfrif</a>' in welsh
    settings.DRAFTED_LANGUAGES = ["pl"]
    assert "drafted" not in get("/cy/leaving").content.decode()


def test_a_language_from_right_to_left_needs_nothing_but_its_name(helpline: Organisation, get: Get, settings: Settings) -> None:
    settings.LANGUAGES = [*installed.LANGUAGES, ("ar", "العربية")]
    page = get("/ar/leaving").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert '<a href="/leaving" hreflang="en-GB" lang="en-GB" dir="ltr">English</a>' in page
    assert '<a href="/ar/" hreflang="ar" lang="ar" dir="rtl">العربية</a>' in get("/").content.decode()
