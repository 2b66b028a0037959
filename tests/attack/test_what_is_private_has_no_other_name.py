"""What only the containers may ask for is not there for anybody outside, however it is written; and no header says which page it is."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.attack.raw import ask, request
from tests.attack.stack import Stack
from tests.world.staff import People

pytestmark = pytest.mark.django_db
PRIVATE = ("health/ready", "health/live", "metrics")
PATHS = (
    "/{}",
    "//{}",
    "/./{}",
    "/x/../{}",
    "/x/%2e%2e/{}",
    "/x%2f..%2f{}",
    "/{}/",
    "/{}?a",
    "/{};a",
    "/cy/{}",
    "/%2e/{}",
    "http://localhost/{}",
    "http://web/{}",
)
# Each is taken by some server for the address that was really asked for.
HEADERS = (
    "SCRIPT_NAME: /x",
    "Script_Name: /x",
    "SCRIPT-NAME: /x",
    "PATH_INFO: /{}",
    "PATH-INFO: /{}",
    "X-Original-URL: /{}",
    "X-Rewrite-URL: /{}",
    "X-Forwarded-Prefix: /x",
    "X-Forwarded-Path: /{}",
    "X-Forwarded-Uri: /{}",
)
SECOND_STEP = "/desk/account/security/"
TELLS = (b'"ready"', b'"live"', b"helpline_")


@pytest.mark.parametrize("private", PRIVATE)
def test_no_other_way_to_write_it_leads_there(private: str, stack: Stack) -> None:
    port = stack.proxy.port
    tried = [path.format(private) for path in PATHS] + [f"/{private.upper()}", "/" + "".join(f"%{ord(each):02x}" for each in private)]
    for path in tried:
        [answer] = ask(port, request(f"GET {path} HTTP/1.1", port), half=False)
        assert not any(word in answer.body for word in TELLS), path
        # Another site's name is answered with nothing at all.
        assert answer.status == 404 or (path.startswith("http://web/") and answer.body == b""), path


@pytest.mark.parametrize("private", PRIVATE)
def test_no_header_leads_there(private: str, stack: Stack) -> None:
    port = stack.proxy.port
    for header in HEADERS:
        for path in (f"/x/{private}", "/when"):
            [answer] = ask(port, request(f"GET {path} HTTP/1.1", port, header.format(private)), half=False)
            assert not any(word in answer.body for word in TELLS), header
            assert answer.status == (404 if private in path else 200), header


def test_the_web_server_itself_does_not_look_at_them(stack: Stack) -> None:
    port = stack.web_port
    assert b'"ready"' in ask(port, request("GET /health/ready HTTP/1.1", port))[0].body
    for header in HEADERS:
        [answer] = ask(port, request("GET /x/health/ready HTTP/1.1", port, header.format("health/ready")))
        assert answer.status == 404, header


def test_a_prefix_hides_no_page_of_the_desk_from_the_second_factor(people: People) -> None:
    """The very environment that a web server makes of a header SCRIPT_NAME, should one ever believe it again."""
    client = Client()
    for person in (people.ailsa, people.admin):
        Authenticator.objects.filter(user_id=person.account.pk).delete()
        client.force_login(person.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        for page in ("/desk/keys/", "/desk/people/", "/desk/reports/", "/desk/api/me"):
            answer: Any = client.get(page, SCRIPT_NAME="/x", PATH_INFO=page)
            assert answer.status_code == (403 if "/api/" in page else 302), page
            assert answer.headers.get("Location", SECOND_STEP) == SECOND_STEP
            assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
