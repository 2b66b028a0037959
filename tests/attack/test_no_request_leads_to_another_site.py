"""No address, query or host that a visitor names turns up where a browser would follow it, or among the headers (open redirects, CRLF)."""

from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from tests.attack.raw import ask, request
from tests.attack.stack import Stack
from tests.messaging.desk.roles.table import ADMIN, NOBODY, TABLE
from tests.world.roles import World
from tests.world.signing_in import LOGIN, SECOND_STEP
from tests.world.staff import People

pytestmark = pytest.mark.django_db
PLANTED = "elsewhere.example"
AWAY = (
    f"https://{PLANTED}/",
    f"//{PLANTED}/",
    f"///{PLANTED}/",
    f"/\\{PLANTED}/",
    f"\\\\{PLANTED}/",
    f"/\t/{PLANTED}/",
    f"\x08//{PLANTED}/",
    f"https:{PLANTED}",
    f"http://testserver@{PLANTED}/",
    f"http://testserver.{PLANTED}/",
    f"javascript:alert('{PLANTED}')",
    f"/desk/\r\nX-Planted: {PLANTED}",
    f"/desk/%0d%0aX-Planted: {PLANTED}",
    f"/desk/\u560d\u560aX-Planted: {PLANTED}",
)
# Everything that some page of ours, of allauth or of Django's admin reads from a query, and what others often do.
NAMES = (
    "next",
    "back",
    "week",
    "month",
    "day",
    "start",
    "end",
    "channel",
    "report",
    "q",
    "p",
    "o",
    "e",
    "url",
    "return_to",
    "redirect_to",
    "to",
)


def leads_away(answer: Any) -> str:
    """What is wrong with the answer's headers, empty where nothing is."""
    for name, value in answer.headers.items():
        if "planted" in name.lower() or "\r" in value or "\n" in value:
            return f"{name}: {value!r}"
    to = urlsplit(answer.headers.get("Location", "").replace("\\", "/"))
    if to.scheme or to.netloc or answer.headers.get("Location", "")[:2].replace("\\", "/") == "//":
        return str(answer.headers["Location"])
    return ""


@pytest.mark.parametrize("role", [NOBODY, ADMIN])
def test_no_query_leads_away_from_any_address_of_the_desk(world: World, role: str) -> None:
    wrong = []
    for number, route in enumerate(TABLE):
        # Each address with one of them all, and each of them with many addresses.
        value = quote(AWAY[number % len(AWAY)], safe="")
        address = f"{world.address(route)}?{'&'.join(f'{name}={value}' for name in NAMES)}"
        if said := leads_away(world.ask(role, "GET", address)):
            wrong.append(f"{route}: {said}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("away", [AWAY[0], AWAY[1], AWAY[3], AWAY[5], AWAY[11]])
def test_whoever_signs_in_stays_here(people: People, away: str) -> None:
    client = Client()
    first: Any = client.post(f"{LOGIN}?next={quote(away)}", {"login": people.ailsa.email, "password": people.ailsa.password, "next": away})
    assert not leads_away(first)
    second: Any = client.post(f"{SECOND_STEP}?next={quote(away)}", {"code": people.ailsa.code(), "next": away})
    assert second.status_code == 302
    assert not leads_away(second)
    for path, fields in (("/desk/account/reauthenticate/", {"password": people.ailsa.password}), ("/desk/account/logout/", {})):
        answer: Any = client.post(f"{path}?next={quote(away)}", {**fields, "next": away})
        assert answer.status_code == 302
        assert not leads_away(answer)


def test_an_address_within_the_desk_is_gone_on_to(people: People) -> None:
    """That `next` is read at all."""
    client = Client()
    client.post(f"{LOGIN}?next=/desk/keys/", {"login": people.ailsa.email, "password": people.ailsa.password})
    assert client.post(SECOND_STEP, {"code": people.ailsa.code()}).headers["Location"] == "/desk/keys/"


PATHS = (
    f"//{PLANTED}/desk",
    f"///{PLANTED}/%2e%2e/desk",
    f"/%5c{PLANTED}/%2e%2e/desk",
    f"/c//{PLANTED}",
    "/c/%0d%0aX-Planted:a",
    f"//{PLANTED}/c/",
)
HEADERS = (
    f"X-Forwarded-Host: {PLANTED}",
    f"Forwarded: host={PLANTED};proto=https",
    f"X-Host: {PLANTED}",
    f"Referer: https://{PLANTED}/",
    f"Origin: https://{PLANTED}",
)


def test_no_path_and_no_header_leads_away_from_the_running_site(stack: Stack) -> None:
    port = stack.proxy.port
    asked = [(path, ()) for path in PATHS] + [(path, HEADERS) for path in ("/desk/", "/c/abc", "/desk/account/login/", "/when")]
    for path, headers in asked:
        [answer] = ask(port, request(f"GET {path} HTTP/1.1", port, *headers), half=False)
        assert answer.status in {200, 302, 404}, path
        assert "x-planted" not in answer.headers
        assert not answer.header("location").startswith(("//", "/\\", "http")), path
        assert PLANTED.encode() not in answer.body, path


@pytest.mark.parametrize("host", [PLANTED, f"localhost@{PLANTED}", f"localhost, {PLANTED}", f"localhost:80@{PLANTED}", "web", "[::1]"])
def test_the_site_answers_to_its_own_name_alone(host: str, stack: Stack) -> None:
    for port in (stack.proxy.port, stack.web_port):
        sent = request("GET /desk/ HTTP/1.1", port).replace(f"Host: localhost:{port}".encode(), f"Host: {host}".encode())
        [answer] = ask(port, sent, half=port == stack.web_port)
        # The proxy has nothing to say under another name.
        assert answer.status == 400 or (answer.status == 200 and not answer.body)
        assert not answer.header("location")
    assert PLANTED not in stack.web.log_text, "whatever a stranger writes there would stand in the log"
    twice = request("GET /desk/ HTTP/1.1", stack.web_port, f"Host: {PLANTED}")
    assert ask(stack.web_port, twice)[0].status == 400
