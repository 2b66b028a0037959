"""Where one request ends and the next begins is never seen differently by the proxy and by the web server (request smuggling)."""

from collections.abc import Generator
from dataclasses import replace

import pytest

from tests.attack.raw import ask, say
from tests.attack.raw import request as made
from tests.attack.stack import Stack
from tests.attack.upstream import HIDDEN, IN_CHUNKS, POST, Upstream, upstream
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.proxy import Proxy

pytestmark = pytest.mark.django_db
JSON = "Content-Type: application/json"
WHOLE = f"Content-Length: {len(IN_CHUNKS)}"
# What the two might read differently: headers, and the bytes after them.
AMBIGUOUS: dict[str, tuple[tuple[str, ...], bytes]] = {
    "CL.TE": ((WHOLE, "Transfer-Encoding: chunked"), IN_CHUNKS),
    "TE.CL": (("Content-Length: 4", "Transfer-Encoding: chunked"), b"%x\r\n" % len(HIDDEN) + HIDDEN + b"\r\n0\r\n\r\n"),
    "TE.TE": (("Transfer-Encoding: chunked", "Transfer-Encoding: identity", WHOLE), IN_CHUNKS),
    "two lengths": (("Content-Length: 2", f"Content-Length: {2 + len(HIDDEN)}"), b"{}" + HIDDEN),
    "a list of lengths": ((f"Content-Length: 2, {2 + len(HIDDEN)}",), b"{}" + HIDDEN),
    "a length with a sign": (("Content-Length: +2",), b"{}" + HIDDEN),
    "a length in base 16": (("Content-Length: 0x2",), b"{}" + HIDDEN),
    "a length below nothing": (("Content-Length: -1",), b"{}" + HIDDEN),
    "an unknown coding": (("Content-Length: 2", "Transfer-Encoding: xchunked"), b"{}" + HIDDEN),
    "a coding behind another": (("Content-Length: 2", "Transfer-Encoding: chunked, identity"), b"{}" + HIDDEN),
    "a coding with a tabulator": (("Content-Length: 2", "Transfer-Encoding: chunked\x0b"), b"{}" + HIDDEN),
    "a space before the colon": (("Content-Length: 2", "Transfer-Encoding : chunked"), b"{}" + HIDDEN),
    "a folded header": (("Content-Length: 2", "X-A: b\r\n Transfer-Encoding: chunked"), b"{}" + HIDDEN),
    "a bare line feed": (("Content-Length: 2", "X-A: b\nTransfer-Encoding: chunked"), b"{}" + HIDDEN),
    "a bare carriage return": (("Content-Length: 2", "X-A: b\rTransfer-Encoding: chunked"), b"{}" + HIDDEN),
    "a zero byte": (("Content-Length: 2", "X-A: b\0c"), b"{}" + HIDDEN),
    "a chunk of a size that is none": (("Transfer-Encoding: chunked",), b"0x2\r\n{}\r\n0\r\n\r\n" + HIDDEN),
    "chunks by line feeds": (("Transfer-Encoding: chunked",), b"2\n{}\n0\n\n" + HIDDEN),
}


ONION = pytest.param("onion/Caddyfile", marks=pytest.mark.night("by day the proxy of the open web, which has the same rules"))


@pytest.fixture(scope="module", params=["Caddyfile", ONION])
def recorded(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Generator[tuple[Proxy, Upstream]]:
    """The proxy as it is deployed, and the onion service's, before a web server that writes down what comes."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / "logs").mkdir()
    with upstream() as behind:
        own = replace(installation, folder=folder, web_port=behind.port)
        proxy = Proxy(own, configuration=REPOSITORY / "config" / request.param)
        proxy.run()
        yield proxy, behind
        proxy.stop()


@pytest.mark.proxy
@pytest.mark.parametrize("name", AMBIGUOUS)
def test_the_proxy_refuses_it_or_hands_on_one_request_with_one_length(name: str, recorded: tuple[Proxy, Upstream]) -> None:
    proxy, behind = recorded
    behind.requests.clear()
    headers, body = AMBIGUOUS[name]
    answers = ask(proxy.port, made(POST, proxy.port, JSON, *headers, body=body), half=False)
    assert len(answers) == 1
    for each in behind.requests:
        assert (each.first, each.lengths, each.left) == (POST, 1, b"")
    assert len(behind.requests) == (1 if answers[0].status == 200 else 0)


@pytest.mark.proxy
def test_two_requests_on_one_line_are_handed_on_as_two(recorded: tuple[Proxy, Upstream]) -> None:
    """That what is looked for above would be seen."""
    proxy, behind = recorded
    behind.requests.clear()
    first = made(POST, proxy.port, JSON, "Content-Length: 2", body=b"{}").replace(b"Connection: close\r\n", b"")
    answers = ask(proxy.port, first + made("GET /hidden HTTP/1.1", proxy.port), half=False)
    assert [each.first for each in behind.requests] == [POST, "GET /hidden HTTP/1.1"]
    assert [each.status for each in answers] == [200, 200]


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_the_web_server_takes_none_of_them(name: str, stack: Stack) -> None:
    headers, body = AMBIGUOUS[name]
    # Kept open on purpose: a second request on the line would be answered.
    sent = made(POST, stack.web_port, JSON, *headers, body=body).replace(b"Connection: close\r\n", b"")
    answers = ask(stack.web_port, sent)
    assert answers, "it says that it refuses"
    assert {each.status for each in answers} <= {400, 501}


@pytest.mark.parametrize("line", ["GET /when HTTP/1.1\nHost: localhost\n\n", "GET  /when HTTP/1.1\r\n\r\n", "GET /when\r\n\r\n"])
def test_the_web_server_takes_no_line_that_is_none(line: str, stack: Stack) -> None:
    assert say(stack.web_port, line.encode(), end=True).startswith(b"HTTP/1.1 400 ")
