"""Whatever another site makes a counsellor's browser send is refused, at every address that changes something (forged requests)."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.attack.routes import mutating
from tests.world.person import all_rows
from tests.world.roles import World

# As Django's cookie and header have them: a secret of 32 characters, in the browser of the one who is attacked.
THEIRS, SOMEBODY_ELSES = "a" * 32, "b" * 32
HERE = "http://testserver"
ALL_WAYS = {"desk/account/login/", "desk/api/work", "desk/rota/absences/add/", "desk/people/", "desk/admin/helpline/closure/add/"}
FORGED = {
    "no token": {},
    "another site": {"X-CSRFToken": THEIRS, "Origin": "https://elsewhere.example"},
    "somebody else's token": {"X-CSRFToken": SOMEBODY_ELSES},
    "no site": {"X-CSRFToken": THEIRS, "Origin": "null"},
    "a site that begins like this one": {"X-CSRFToken": THEIRS, "Origin": f"{HERE}.elsewhere.example"},
    "a site that ends like this one": {"X-CSRFToken": THEIRS, "Origin": "http://elsewhere-testserver"},
    "another port of this one": {"X-CSRFToken": THEIRS, "Origin": f"{HERE}:8443"},
    "this one without its lock": {"X-CSRFToken": THEIRS, "Origin": HERE.replace("http:", "https:")},
}


def send(client: Client, method: str, address: str, headers: dict[str, str]) -> int:
    kind, body = ("application/json", "{}") if address.startswith("/desk/api/") else ("application/x-www-form-urlencoded", "confirm=yes")
    client.cookies["csrftoken"] = THEIRS
    return client.generic(method, address, body, content_type=kind, headers=headers).status_code


def test_every_forged_request_is_refused(world: World) -> None:
    for client in world.clients.values():
        client.handler.enforce_csrf_checks = True
    before = all_rows()
    routes = list(mutating())
    assert len(routes) > 100
    wrong = []
    assert {route for route, _, _ in routes} >= ALL_WAYS
    for route, method, role in routes:
        address = world.address(route)
        # Every address by the two plainest; those that speak for each way of asking by all of them.
        for name, headers in FORGED.items() if route in ALL_WAYS else list(FORGED.items())[:2]:
            status = send(world.clients[role], method, address, headers)
            if status != 403:
                wrong.append(f"{method} {route} with {name}: {status}")
    assert not wrong, "\n".join(wrong)
    assert all_rows() == before


def test_the_same_request_from_here_is_not(world: World) -> None:
    """That what is refused above is the forgery alone."""
    for client in world.clients.values():
        client.handler.enforce_csrf_checks = True
    for address, role in (("/desk/api/conversations/AAAAAAAAAAAAAAAAAAAAAA/claim", "a counsellor"), ("/desk/rota/absences/add/", "a lead")):
        assert send(world.clients[role], "POST", address, {"X-CSRFToken": THEIRS, "Origin": HERE}) in {200, 404}


def exempt(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for each in patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from exempt(each.url_patterns, here)
        elif getattr(each.callback, "csrf_exempt", False):
            yield here


def test_only_the_interfaces_and_the_count_look_for_themselves() -> None:
    """The person's interface knows no cookie; the desk's asks for the token itself, as the test above has shown."""
    found = set(exempt(get_resolver().url_patterns))
    assert {address for address in found if not address.startswith(("api/", "desk/api/"))} == {"count"}


@pytest.mark.parametrize("path", ["/count", "/api/v1/challenges"])
def test_what_takes_no_token_looks_at_no_cookie(world: World, path: str) -> None:
    client = world.clients["a counsellor"]
    alone, with_cookie = (each.post(path, "{}", content_type="application/json") for each in (Client(), client))
    assert alone.status_code == with_cookie.status_code
    assert not with_cookie.cookies
