"""Bodies that are too large, compressed, or never end are refused before they are read, and others are served meanwhile."""

import gzip
import http.client
import json
import socket
from contextlib import ExitStack, closing
from typing import Any

import pytest
from django.test import Client

from tests.attack.raw import ask, request
from tests.attack.stack import Stack
from tests.world.person import kind_of

pytestmark = pytest.mark.django_db
# More than the web processes have threads together.
SENDERS = 12
# More than the proxy waits for before it passes a body on (64 KiB), and less than it takes.
ANNOUNCED, SENT = 1_900_000, 80_000
TOKEN = "a" * 32
KINDS = {
    # Of all ways to begin one, this is what Django's parser reads on and on.
    "a form with parts": ("/write", "multipart/form-data; boundary=x", b"\r\n" * (SENT // 2)),
    "a form with parts for the desk": ("/desk/account/login/", "multipart/form-data; boundary=x", b"--x\r\n" + b"p" * SENT),
    "a form": ("/desk/account/login/", "application/x-www-form-urlencoded", b"a=" + b"b" * SENT),
    "a message": ("/api/v1/messages", "application/json", b"{" * SENT),
    "a count": ("/count", "application/json", b"{" * SENT),
}


def is_served(port: int) -> bool:
    """Whether somebody else is answered while they stand there."""
    with closing(http.client.HTTPConnection("localhost", port, timeout=20)) as line:
        line.request("GET", "/leaving")
        with line.getresponse() as answer:
            return answer.status == 200 and len(answer.read()) > 1000


@pytest.mark.parametrize("kind", KINDS)
def test_the_web_server_waits_for_no_body_that_it_would_not_take(kind: str, stack: Stack) -> None:
    path, content_type, begun = KINDS[kind]
    headers = (f"Content-Type: {content_type}", f"Content-Length: {ANNOUNCED}", f"Cookie: csrftoken={TOKEN}")
    with ExitStack() as lines:
        for _ in range(SENDERS):
            line = lines.enter_context(closing(socket.create_connection(("127.0.0.1", stack.web_port), timeout=20)))
            line.sendall(request(f"POST {path} HTTP/1.1", stack.web_port, *headers, body=begun).replace(b"Connection: close\r\n", b""))
        assert is_served(stack.web_port)


def test_the_proxy_waits_for_headers_and_nobody_waits_for_them(stack: Stack) -> None:
    with ExitStack() as lines:
        for number in range(100):
            line = lines.enter_context(closing(socket.create_connection(("127.0.0.1", stack.proxy.port), timeout=20)))
            line.sendall(f"GET /leaving HTTP/1.1\r\nHost: localhost\r\nX-{number}: ".encode())
        assert is_served(stack.proxy.port)


def test_what_is_too_large_for_the_proxy_reaches_nobody(stack: Stack) -> None:
    port = stack.proxy.port
    size = 2_200_000
    [answer] = ask(port, request("POST /api/v1/messages HTTP/1.1", port, f"Content-Length: {size}", body=b"{" * size), half=False)
    # Caddy before 2.7 calls it a failure of what is behind.
    assert answer.status in {413, 502}
    for headers, status in ((["X-A: " + "a" * 9_000], 431), ([f"X-{number}: a" for number in range(90)], 431)):
        assert ask(port, request("GET /leaving HTTP/1.1", port, *headers), half=False)[0].status == status


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "x-gzip"])
def test_no_interface_takes_what_is_compressed(coding: str) -> None:
    bomb = gzip.compress(json.dumps({"a": " " * 20_000_000}).encode())
    assert len(bomb) < 32_768
    for path in ("/api/v1/challenges", "/api/v1/sessions", "/api/v1/messages"):
        for body in (bomb, b"{}"):
            answer = Client().generic("POST", path, body, content_type="application/json", headers={"Content-Encoding": coding})
            assert (answer.status_code, kind_of(answer)) == (400, "malformed"), path
            assert "compressed" in answer.json()["detail"]


def test_no_form_is_unpacked() -> None:
    """Its token is inside, and nobody looks there."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = TOKEN
    body = f"csrfmiddlewaretoken={TOKEN}&login=a&password=b".encode()
    sent: Any = {"content_type": "application/x-www-form-urlencoded"}
    packed = {"Content-Encoding": "gzip"}
    assert client.generic("POST", "/desk/account/login/", body, **sent).status_code == 200
    assert client.generic("POST", "/desk/account/login/", gzip.compress(body), headers=packed, **sent).status_code == 403


def test_a_form_with_many_parts_is_refused_by_what_it_says_of_its_size() -> None:
    client = Client()
    large: Any = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": "32769"}
    assert client.generic("POST", "/desk/account/login/", "--x--", **large).status_code == 400
    small: Any = {"content_type": "multipart/form-data; boundary=x"}
    assert client.generic("POST", "/desk/account/login/", "--x--", **small).status_code == 200
