"""Requests byte by byte, as no browser would send them, and every answer that comes back on the same line."""

import re
import socket
from contextlib import closing, suppress
from dataclasses import dataclass

PATIENCE = 20.0


@dataclass(frozen=True)
class Answer:
    """One answer on the line."""

    status: int
    headers: dict[str, list[str]]
    body: bytes

    def header(self, name: str) -> str:
        """Its only value, empty where there is none; two of one name are a finding."""
        values = self.headers.get(name.lower(), [])
        assert len(values) < 2, f"{name} twice: {values}"
        return values[0] if values else ""


def say(port: int, *parts: bytes, end: bool = False) -> bytes:
    """What the server says to these bytes until it closes the line, or `end` says that no more will come; b"" where it says nothing."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as line:
        said = b""
        # Refused in the middle of it, the line may be closed before everything was sent; what was said before that still counts.
        with suppress(TimeoutError, OSError):
            for part in parts:
                line.sendall(part)
            if end:
                line.shutdown(socket.SHUT_WR)
        with suppress(TimeoutError, OSError):
            while more := line.recv(65_536):
                said += more
        return said


def answers(said: bytes) -> list[Answer]:
    """The answers in a stream, told apart by their own lengths, as a browser or a proxy would."""
    found = []
    while said:
        head, _, said = said.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        begun = re.match(r"HTTP/1\.[01] (\d{3})", first)
        assert begun is not None, f"no answer begins like this: {first[:80]!r}"
        headers: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers.setdefault(name.strip().lower(), []).append(value.strip())
        if headers.get("transfer-encoding") == ["chunked"]:
            body, said = chunks(said)
        else:
            # Without a length it goes on until the line is closed.
            length = int(headers.get("content-length", [str(len(said))])[0])
            body, said = said[:length], said[length:]
        found.append(Answer(int(begun[1]), headers, body))
    return found


def chunks(said: bytes) -> tuple[bytes, bytes]:
    """The body in these chunks, and what comes after it."""
    body = b""
    while said:
        size, _, said = said.partition(b"\r\n")
        length = int(size, 16)
        body, said = body + said[:length], said[length + 2 :]
        if not length:
            break
    return body, said


def ask(port: int, *parts: bytes, half: bool = True) -> list[Answer]:
    """Every answer to these bytes. `half` says to the server that no more will come; the proxy takes that for somebody who left."""
    return answers(say(port, *parts, end=half))


def request(line: str, port: int, *headers: str, body: bytes = b"") -> bytes:
    """A request to this machine, its line closed after the answer; each header as it is written, which need not be right."""
    lines = (line, f"Host: localhost:{port}", *headers, "Connection: close", "", "")
    return "\r\n".join(lines).encode("latin-1") + body
