"""What HTTP/2 can say and HTTP/1.1 cannot (a line inside a value, a length that does not agree) is no second request behind the proxy."""

import ssl
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from socket import create_connection

import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, DataReceived, ResponseReceived, StreamEnded, StreamReset

from tests.attack.upstream import HIDDEN, IN_CHUNKS, POST, Upstream, upstream
from tests.parts.environment import Installation
from tests.parts.processes import wait_until
from tests.parts.proxy import Proxy

pytestmark = pytest.mark.proxy
Header = tuple[bytes, bytes]
# A space is part of the path, as it was asked for: it cannot end the line.
CODED = {"a space in the path": "POST /hidden%20HTTP/1.1 HTTP/1.1"}
LINE = b"\r\ntransfer-encoding: chunked"
# What is added to the headers of a request or put in the place of one of the same name, and the body.
AMBIGUOUS: dict[str, tuple[Sequence[Header], bytes]] = {
    "a coding": ([(b"transfer-encoding", b"chunked")], IN_CHUNKS),
    "a coding in capitals": ([(b"Transfer-Encoding", b"chunked")], IN_CHUNKS),
    "a coding and a length": ([(b"transfer-encoding", b"chunked"), (b"content-length", b"%d" % len(IN_CHUNKS))], IN_CHUNKS),
    "a length that is too small": ([(b"content-length", b"2")], b"{}" + HIDDEN),
    "a length that is too large": ([(b"content-length", b"99")], b"{}"),
    "two lengths": ([(b"content-length", b"2"), (b"content-length", b"%d" % (2 + len(HIDDEN)))], b"{}" + HIDDEN),
    "a length with a sign": ([(b"content-length", b"+2")], b"{}"),
    "a line in a value": ([(b"x-a", b"b" + LINE)], IN_CHUNKS),
    "a line feed in a value": ([(b"x-a", b"b\ntransfer-encoding: chunked")], IN_CHUNKS),
    "a request in a value": ([(b"x-a", b"b\r\n\r\n" + HIDDEN)], b"{}"),
    "a line in a name": ([(b"x-a: b" + LINE + b"\r\nx-b", b"c")], IN_CHUNKS),
    "a colon in a name": ([(b"transfer-encoding:chunked\r\nx-a", b"c")], IN_CHUNKS),
    "a zero byte": ([(b"x-a", b"b\0c")], b"{}"),
    "a line in the path": ([(b":path", b"/api/v1/challenges HTTP/1.1" + LINE + b"\r\nx-a: b")], IN_CHUNKS),
    "a space in the path": ([(b":path", b"/hidden HTTP/1.1")], b"{}"),
    "a line in the method": ([(b":method", b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\nPOST")], b"{}"),
    "a line in the name of the site": ([(b":authority", b"localhost" + LINE)], IN_CHUNKS),
    "a line in the scheme": ([(b":scheme", b"https://localhost/hidden HTTP/1.1" + LINE)], IN_CHUNKS),
    "a header of the connection": ([(b"connection", b"content-length")], b"{}"),
    "another protocol": ([(b"connection", b"upgrade, http2-settings"), (b"upgrade", b"h2c"), (b"http2-settings", b"AAMAAABk")], b"{}"),
    "a pseudo-header that is none": ([(b":transfer-encoding", b"chunked")], IN_CHUNKS),
    "a pseudo-header too late": ([(b"x-a", b"b"), (b":path ", b"/hidden")], b"{}"),
}


@pytest.fixture(scope="module")
def recorded(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Proxy, Upstream]]:
    """The proxy as it is deployed, with HTTPS, before a web server that writes down what comes."""
    folder: Path = tmp_path_factory.mktemp("http2")
    (folder / "logs").mkdir()
    with upstream() as behind:
        proxy = Proxy(replace(installation, folder=folder, web_port=behind.port), secure=True)
        proxy.run()
        wait_until(proxy.authority.exists, "the proxy has an authority of its own")
        wait_until(lambda: said(proxy, [], b"{}") == 200, "the proxy has its certificate")
        yield proxy, behind
        proxy.stop()


def said(proxy: Proxy, headers: Sequence[Header], body: bytes) -> int | None:
    """The status of the answer to one stream; None where it, or the whole line, was refused without one."""
    context = ssl.create_default_context(cafile=str(proxy.authority))
    context.set_alpn_protocols(["h2"])
    usual = {b":method": b"POST", b":scheme": b"https", b":authority": b"localhost:%d" % proxy.port, b":path": b"/api/v1/challenges"}
    own = dict(headers)
    first = [(name, own.get(name, value)) for name, value in usual.items()]
    rest = [(b"content-type", b"application/json"), *(each for each in headers if each[0] not in usual)]
    frames = H2Connection(H2Configuration(validate_outbound_headers=False, normalize_outbound_headers=False, header_encoding=None))
    status = None
    with (
        suppress(OSError),
        create_connection(("127.0.0.1", proxy.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as line,
    ):
        assert line.selected_alpn_protocol() == "h2"
        frames.initiate_connection()
        frames.send_headers(1, [*first, *rest])
        frames.send_data(1, body, end_stream=True)
        line.sendall(frames.data_to_send())
        while more := line.recv(65_536):
            for event in frames.receive_data(more):
                if isinstance(event, ResponseReceived):
                    status = int(dict(event.headers)[b":status"])
                if isinstance(event, DataReceived):
                    frames.acknowledge_received_data(event.flow_controlled_length, 1)
                if isinstance(event, StreamEnded | StreamReset | ConnectionTerminated):
                    return status
            line.sendall(frames.data_to_send())
    return status


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_the_proxy_refuses_it_or_hands_on_one_request_with_one_length(name: str, recorded: tuple[Proxy, Upstream]) -> None:
    proxy, behind = recorded
    behind.requests.clear()
    status = said(proxy, *AMBIGUOUS[name])
    for each in behind.requests:
        assert (each.first, each.lengths, each.left) == (CODED.get(name, POST), 1, b"")
        assert b"/hidden" not in b"".join(value.encode("latin-1") for values in each.headers.values() for value in values)
    # A stream may be refused when its headers have been handed on already: once, and whole as far as it came.
    assert len(behind.requests) in ({1} if status == 200 else {0, 1})


def test_a_request_as_it_should_be_is_handed_on(recorded: tuple[Proxy, Upstream]) -> None:
    """That what is looked for above would be seen."""
    proxy, behind = recorded
    behind.requests.clear()
    assert said(proxy, [(b"content-length", b"2"), (b"x-a", b"b")], b"{}") == 200
    [found] = behind.requests
    assert (found.first, found.lengths, found.left, found.body, found.headers["x-a"]) == (POST, 1, b"", b"{}", ["b"])
