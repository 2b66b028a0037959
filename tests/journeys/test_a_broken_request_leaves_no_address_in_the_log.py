"""The web server tells of a request that it cannot read with the sender's address: it is made to keep that to itself."""

import socket

import pytest

from tests.parts.environment import Installation
from tests.parts.web import WebServer
from tests.world.staff import People

pytestmark = pytest.mark.django_db(transaction=True)
BROKEN = [
    b"GET\r\n\r\n",
    b"NONSENSE /inbox HTTP/9.9\r\n\r\n",
    b"GET /" + b"a" * 4000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /inbox HTTP/1.1\r\nBroken header\r\n\r\n",
    b"POST /api/v1/challenges HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nx",
]


@pytest.mark.parametrize("request_", BROKEN)
def test_no_sender_is_named(people: People, web_server: WebServer, installation: Installation, request_: bytes) -> None:
    with socket.create_connection(("127.0.0.1", installation.web_port), timeout=20) as sender:
        sender.sendall(request_)
        sender.recv(4096)
    assert "Invalid request" not in web_server.log_text
    assert "ip=" not in web_server.log_text
    assert "/inbox" not in web_server.log_text
