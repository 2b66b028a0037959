"""Somebody who sends the first byte of many requests, and never the last, takes no place of those who write."""

import http.client
import socket
from contextlib import closing

import pytest

from tests.parts.proxy import Proxy
from tests.world.staff import People

pytestmark = pytest.mark.django_db(transaction=True)
# More than the web processes have threads together.
SENDERS = 24
HEAD = (
    "POST /api/v1/challenges HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n"
    "Origin: http://localhost\r\n\r\n{{"
)


@pytest.mark.parametrize("size", [2, 32_768])
def test_a_page_and_an_answer_arrive_while_many_bodies_do_not(people: People, proxy: Proxy, size: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", proxy.port), timeout=10) for _ in range(SENDERS)]
    try:
        for sender in slow:
            sender.sendall(HEAD.format(port=proxy.port, size=size).encode())
        for method, path, body in (("GET", "/write", None), ("POST", "/api/v1/challenges", "{}")):
            with closing(http.client.HTTPConnection("localhost", proxy.port, timeout=15)) as connection:
                connection.request(method, path, body, {"Content-Type": "application/json"})
                with connection.getresponse() as answer:
                    assert answer.status in {200, 201}
    finally:
        for sender in slow:
            sender.close()
