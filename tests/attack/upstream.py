"""A web server that does nothing but write down what a proxy hands on, read as strictly as the standard has it (RFC 9112)."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.attack.raw import chunks

# The request that is sent, and another that hides in its body.
POST = "POST /api/v1/challenges HTTP/1.1"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
IN_CHUNKS = b"0\r\n\r\n" + HIDDEN


@dataclass(frozen=True)
class Request:
    """One request as it came; `left` is whatever came after its end on the same line, which is nothing unless the two ends disagree."""

    first: str
    headers: dict[str, list[str]]
    body: bytes
    left: bytes

    @property
    def lengths(self) -> int:
        """How many headers say where it ends."""
        return len(self.headers.get("content-length", [])) + len(self.headers.get("transfer-encoding", []))


@dataclass
class Upstream:
    """What was handed on, and where it listens."""

    port: int
    requests: list[Request] = field(default_factory=list)


def _more(line: socket.socket) -> bytes:
    if more := line.recv(65_536):
        return more
    raise EOFError("the proxy broke off in the middle of a request")


def _read(line: socket.socket) -> Request:
    said = b""
    while b"\r\n\r\n" not in said:
        said += _more(line)
    head, _, rest = said.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, list[str]] = {}
    for each in lines:
        assert not set("\r\n\0") & set(each), f"a line inside a line: {each!r}"
        assert each[:1] not in " \t", f"a folded line: {each!r}"
        name, _, value = each.partition(":")
        headers.setdefault(name.lower(), []).append(value.strip())
    if "transfer-encoding" in headers:
        while not rest.endswith(b"0\r\n\r\n"):
            rest += _more(line)
        body, left = chunks(rest)
    else:
        length = int(headers.get("content-length", ["0"])[0])
        while len(rest) < length:
            rest += _more(line)
        body, left = rest[:length], rest[length:]
    return Request(first, headers, body, left)


@contextmanager
def upstream() -> Iterator[Upstream]:
    """One that listens until the block ends."""
    door = socket.create_server(("127.0.0.1", 0))
    made = Upstream(door.getsockname()[1])

    def serve() -> None:
        with suppress(OSError):  # The door was closed.
            while True:
                line, _ = door.accept()
                with line:
                    line.settimeout(5)
                    with suppress(OSError, EOFError):
                        made.requests.append(_read(line))
                        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield made
    finally:
        # A thread that waits at the door is woken by closing it for reading; closing alone would leave it there.
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join(timeout=10)
