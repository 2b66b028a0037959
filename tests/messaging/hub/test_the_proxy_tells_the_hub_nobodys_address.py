"""What the proxy passes on to the hub has no address, no browser's name and no cookie; only its sockets are reached."""

import socket
import threading
from collections.abc import Generator
from http.client import HTTPConnection

import pytest

from tests.parts.environment import Installation, free_port
from tests.parts.proxy import Proxy

pytestmark = pytest.mark.proxy
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "A" * 22 + "=="}
TRACES = {
    "User-Agent": "Unmistakable/1.0",
    "Referer": "https://elsewhere.example/",
    "Cookie": "desk=a-session",
    "X-Forwarded-For": "192.0.2.77",
}


@pytest.fixture
def overheard(installation: Installation) -> Generator[tuple[Proxy, list[bytes]]]:
    """The proxy, and what comes to whoever listens in the hub's place."""
    found: list[bytes] = []
    with socket.create_server(("127.0.0.1", free_port())) as listener:
        proxy = Proxy(installation, live=listener.getsockname()[1], upstream=free_port())
        proxy.run()

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    found.append(connection.recv(65_536))
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield proxy, found
        proxy.stop()
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=10)


def ask(proxy: Proxy, path: str) -> int:
    connection = HTTPConnection("localhost", proxy.port, timeout=30)
    try:
        connection.request("GET", path, headers={**UPGRADE, **TRACES})
        return connection.getresponse().status
    finally:
        connection.close()


def test_nothing_of_a_visitor_comes_to_the_hub(overheard: tuple[Proxy, list[bytes]]) -> None:
    proxy, found = overheard
    assert ask(proxy, "/live/socket") == 404
    [request] = found
    assert request.startswith(b"GET /live/socket HTTP/1.1\r\n")
    assert b"Upgrade: websocket" in request
    for trace in (b"127.0.0.1\r", b"192.0.2.77", b"Unmistakable", b"elsewhere", b"a-session", b"Forwarded-For"):
        assert trace not in request, request


def test_its_figures_and_its_health_are_for_nobody_outside(overheard: tuple[Proxy, list[bytes]]) -> None:
    proxy, found = overheard
    for path in ("/metrics", "/health/ready", "/live/../metrics"):
        assert ask(proxy, path) in {301, 308, 400, 404}, path
    assert not [each for each in found if not each.startswith(b"GET /live/")]
