"""The proxy passes requests on and keeps nothing of a visitor: no address, no browser's name, no address line; not even when it fails."""

import gzip
import http.client
import re

import pytest

from tests.parts.proxy import Proxy
from tests.parts.web import WebServer
from tests.world.staff import People

pytestmark = pytest.mark.django_db(transaction=True)
BROWSER = "Unmistakable/1.0 (a visitor's own browser)"


def ask(proxy: Proxy, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("localhost", proxy.port, timeout=30)
    try:
        connection.request("GET", path, headers={"User-Agent": BROWSER, **headers})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_a_page_arrives_as_the_application_sent_it(people: People, proxy: Proxy) -> None:
    status, headers, body = ask(proxy, "/")
    assert status == 200
    assert b"Helpline under test" in body
    assert "'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers
    assert "Server" not in headers


def test_only_what_is_the_same_for_everybody_is_compressed(people: People, proxy: Proxy) -> None:
    compressed = {"Accept-Encoding": "gzip"}
    _, page, body = ask(proxy, "/", **compressed)
    [style] = re.findall(r'href="(/static/[^"]+\.css)"', body.decode())
    _, static, sheet = ask(proxy, style, **compressed)
    assert "Content-Encoding" not in page
    assert static["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(sheet)) > len(sheet)


@pytest.mark.logs_errors("the web server is gone")
def test_a_failure_gives_crisis_numbers_and_the_log_names_nobody(people: People, proxy: Proxy, web_server: WebServer) -> None:
    web_server.stop()
    status, headers, body = ask(proxy, "/write?from=somewhere", Referer="https://elsewhere.example/")
    assert status == 502
    assert b"116 123" in body
    assert headers["Cache-Control"] == "no-store"
    proxy.stop()
    log = proxy.log_text
    for trace in ("Unmistakable", "/write", "somewhere", "elsewhere", "remote_ip", '"headers"'):
        assert trace not in log
