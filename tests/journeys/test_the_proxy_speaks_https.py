"""The proxy as it is deployed: HTTPS (with its own authority, on the loopback), HTTP/3 offered, and no address in what it writes."""

import http.client
import socket
import ssl
import threading
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.parts.environment import REPOSITORY, Installation
from tests.parts.processes import wait_until
from tests.parts.proxy import Proxy

pytestmark = pytest.mark.proxy
CONFIGURATION = REPOSITORY / "config" / "Caddyfile"
# Nobody else on this machine has it, so that it is found wherever it was written.
VISITOR, BROWSER = "127.0.0.78", "Unmistakable/2.0"


class Upstream(ThreadingHTTPServer):
    """In the web server's place; `heard` has the headers of what came."""

    heard: list[dict[str, str]]


class _Answer(BaseHTTPRequestHandler):
    server: Upstream

    def do_GET(self) -> None:
        self.server.heard.append({name.lower(): value for name, value in self.headers.items()})
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 - the name is http.server's
        """Nothing."""


@pytest.fixture
def upstream() -> Generator[Upstream]:
    with Upstream(("127.0.0.1", 0), _Answer) as server:
        server.heard = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@contextmanager
def running(
    installation: Installation, upstream: Upstream, configuration: Path | None = None, balancers: str | None = None
) -> Iterator[Proxy]:
    proxy = Proxy(installation, secure=True, upstream=upstream.server_port, configuration=configuration, balancers=balancers)
    proxy.run()
    try:
        wait_until(proxy.authority.exists, "the proxy has an authority of its own")
        wait_until(lambda: answered(proxy), "the proxy has its certificate")
        yield proxy
    finally:
        proxy.stop()


def asked(proxy: Proxy, path: str) -> http.client.HTTPResponse:
    """The answer, over a connection whose certificate was checked against the proxy's authority."""
    trusted = ssl.create_default_context(cafile=str(proxy.authority))
    line = http.client.HTTPSConnection("localhost", proxy.port, timeout=30, context=trusted, source_address=(VISITOR, 0))
    with closing(line):
        line.request("GET", path, headers={"User-Agent": BROWSER, "X-Forwarded-For": "203.0.113.9"})
        answer = line.getresponse()
        answer.read()
        return answer


def answered(proxy: Proxy) -> bool:
    try:
        return asked(proxy, "/").status == 200
    except OSError:
        return False


def of_a_visit(log: str) -> list[str]:
    """What a log holds of somebody who asked for /private/place?words."""
    return [trace for trace in (VISITOR, BROWSER, "/private/place", "words", "remote_ip") if trace in log]


def test_a_visit_over_https_leaves_nothing_and_is_passed_on_without_its_browser(installation: Installation, upstream: Upstream) -> None:
    with running(installation, upstream) as proxy:
        answer = asked(proxy, "/private/place?words")
        assert answer.status == 200
        assert answer.headers["Alt-Svc"].startswith(f'h3=":{proxy.port}"'), "HTTP/3 is offered"
        heard = upstream.heard[-1]
        assert (heard["x-forwarded-proto"], heard["x-forwarded-for"]) == ("https", VISITOR), "who asks cannot say who they are"
        assert BROWSER not in heard.values()
        offered = ssl.create_default_context(cafile=str(proxy.authority))
        offered.set_alpn_protocols(["h2", "http/1.1"])
        with socket.create_connection(("localhost", proxy.port)) as plain, offered.wrap_socket(plain, server_hostname="localhost") as line:
            assert line.selected_alpn_protocol() == "h2"
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe, pytest.raises(OSError, match="in use"):
            probe.bind(("::", proxy.port))
        with closing(http.client.HTTPConnection("localhost", proxy.plain_port, timeout=30)) as plainly:
            plainly.request("GET", "/private/place")
            moved = plainly.getresponse()
        assert moved.status == 308
        assert str(moved.headers["Location"]).startswith("https://localhost")
        # The worst case for a log: what is asked for cannot be had.
        upstream.shutdown()
        upstream.server_close()
        assert asked(proxy, "/private/place?words").status == 502
    assert "certificate obtained" not in proxy.log_text, "only errors are written"
    assert of_a_visit(proxy.log_text) == []


def test_an_access_log_would_be_found(installation: Installation, upstream: Upstream, tmp_path: Path) -> None:
    planted = tmp_path / "Caddyfile"
    site = "{$HELPLINE_ORIGIN} {\n"
    planted.write_text(CONFIGURATION.read_text().replace(site, site + "\tlog {\n\t\toutput stderr\n\t}\n"))
    with running(installation, upstream, planted) as proxy:
        asked(proxy, "/private/place?words")
    assert {VISITOR, BROWSER, "/private/place", "remote_ip"} <= set(of_a_visit(proxy.log_text))


@pytest.mark.parametrize(("balancers", "heard"), [("192.0.2.1/32", VISITOR), (f"192.0.2.1/32 {VISITOR}/32", f"203.0.113.9, {VISITOR}")])
def test_a_load_balancer_is_believed_when_it_is_named_and_nobody_else(
    installation: Installation, upstream: Upstream, balancers: str, heard: str
) -> None:
    """Else all staff who come through one would be one address, and lock each other out."""
    with running(installation, upstream, balancers=balancers) as proxy:
        assert asked(proxy, "/").status == 200
        assert upstream.heard[-1]["x-forwarded-for"] == heard
