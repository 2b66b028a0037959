"""Every public page: no cookie, nothing of a third party, nothing kept, and a policy that lets nothing in."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from helpline.models import Organisation
from helpline.web.context import EXIT_ADDRESS
from helpline.web.middleware import SafetyHeadersMiddleware
from tests.helpline.pages.asking import PAGES, Get
from tests.helpline.pages.policy import policy_at

# Where messages are sealed and opened, and nowhere else; no form there, ours or another's, sends anything anywhere.


EVERYWHERE = [*PAGES, "/hours", "/look.css", "/nothing-here", "/confidential?version=999"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_no_cookie_is_set_and_no_cookie_matters(helpline: Organisation, get: Get, path: str) -> None:
    response = get(path)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_the_policy_is_exactly_this(helpline: Organisation, get: Get, path: str) -> None:
    headers = get(path).headers
    assert headers["Content-Security-Policy"] == policy_at(path)
    assert headers["Integrity-Policy"] == "blocked-destinations=(script)"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert not {"Server", "X-Powered-By", "Via"} & set(headers)


@pytest.mark.parametrize("path", ["/write", "/inbox", "/kept", "/hours", "/nothing-here"])
def test_a_page_is_not_kept(helpline: Organisation, get: Get, path: str) -> None:
    assert get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [*PAGES, "/nothing-here"])
def test_everything_a_page_loads_is_our_own_and_nothing_is_inline(helpline: Organisation, get: Get, path: str) -> None:
    html = get(path).content.decode()
    loaded = re.findall(r"""<(?:script|link|img|source|iframe)\b[^>]*\b(?:src|href)="([^"]*)""", html)
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    # A block of data is no script: no browser executes it, and the policy has nothing to say about it.
    scripts = [tag for tag in re.findall(r"<script\b[^>]*>", html) if tag != '<script type="application/ld+json">']
    assert all(re.search(r"\bsrc=", tag) for tag in scripts)
    built = [tag for tag in re.findall(r"<(?:script|link)\b[^>]*>", html) if "/static/client/" in tag or 'rel="stylesheet"' in tag]
    assert len(built) > 2
    assert all(re.search(r' integrity="sha384-[^"]{64}" crossorigin="anonymous"', tag) for tag in built)


@pytest.mark.parametrize("path", [*PAGES, "/nothing-here"])
def test_every_page_has_the_way_out_the_signposts_and_a_neutral_name(helpline: Organisation, get: Get, path: str) -> None:
    html = get(path).content.decode()
    assert f'id="exit" class="exit__link" href="{EXIT_ADDRESS}" rel="noreferrer' in html
    assert re.search(r"<title>([^<]* – )?Information</title>", html)
    assert '<a href="#main"' in html
    for number in ("tel:999", "tel:111", "tel:116123", "tel:08001111"):
        assert f'href="{number}"' in html
    assert "report.iwf.org.uk" in html


@pytest.mark.parametrize("path", [*PAGES, "/nothing-here"])
def test_the_demonstration_says_so_on_every_page_and_a_real_service_on_none(helpline: Organisation, get: Get, path: str) -> None:
    sentence = "Demonstration: this is not the real service and nobody is reading."
    assert sentence in get(path).content.decode()
    # Lines that always answer, and not a line that may be closed.
    bar = get(path).content.decode().partition(sentence)[2].partition("</p>")[0]
    assert re.findall('href="tel:([0-9]+)"', bar) == ["116123", "999"]
    Organisation.objects.update(demonstration=False)
    assert sentence not in get(path).content.decode()


def test_the_demonstration_says_so_where_staff_sign_in(helpline: Organisation, get: Get) -> None:
    answer = get("/desk/account/login/")
    assert answer.status_code == 200
    bar = answer.content.decode().partition("Demonstration: this is not the real service and nobody is reading.")[2].partition("</p>")[0]
    assert re.findall('href="tel:([0-9]+)"', bar) == ["116123", "999"]


def test_a_cookie_that_some_page_would_set_outside_the_desk_is_taken_away() -> None:
    def careless(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("tracker", "1")
        return response

    public = SafetyHeadersMiddleware(careless)(RequestFactory().get("/write"))
    desk = SafetyHeadersMiddleware(careless)(RequestFactory().get("/desk/"))
    assert not public.cookies
    assert set(desk.cookies) == {"tracker"}
    assert desk.headers["X-Robots-Tag"] == "noindex, nofollow"
