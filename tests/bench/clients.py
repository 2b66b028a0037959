"""Clients that cost little themselves: each keeps one connection, sends requests made in advance, and reads the answers."""

import socket
from collections.abc import Sequence
from functools import partial

from tests.bench.apart import TIMEOUT, Act, Failed


def request_of(port: int, body: bytes, *, work: str = "") -> bytes:
    """POST messages, as bytes; with the work that was asked for (PROTOCOL §7.10)."""
    lines = ["POST /api/v1/messages HTTP/1.1", f"Host: localhost:{port}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    if work:
        lines.append(f"Helpline-Work: {work}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class KeptAlive:
    """One connection; `ask` and `post` return when the whole answer has come."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = self._connect()

    def _connect(self) -> socket.socket:
        connected = socket.create_connection(("127.0.0.1", self._port), timeout=TIMEOUT)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected

    def post(self, request: bytes) -> bytes:
        """The answer's body; raises Failed for an answer other than 201."""
        status, body = self.ask(request)
        if status != 201:
            raise Failed(f"{status}: {body.decode(errors='replace')}")
        return body

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """The answer's status and body."""
        self._socket.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        while len(body) < int(fields[b"content-length"]):
            body += self._more()
        if fields.get(b"connection") == b"close":
            self.close()
            self._socket = self._connect()
        return int(head[9:12]), body

    def post_all(self, requests: Sequence[bytes]) -> None:
        for request in requests:
            self.post(request)
        self.close()

    def _more(self) -> bytes:
        part = self._socket.recv(65_536)
        if not part:
            raise Failed("the connection was closed")
        return part

    def close(self) -> None:
        self._socket.close()


def posting(port: int, bodies: Sequence[bytes], connections: int) -> list[Act]:
    """What each connection sends."""
    requests = [request_of(port, body) for body in bodies]
    return [partial(KeptAlive(port).post_all, requests[number::connections]) for number in range(connections)]
