"""A server that alters no signed byte: it passes on what an honest one says, but for the HTML, and what it answers in its own name."""

import http.client
import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HOP = {"content-length", "transfer-encoding", "connection", "date", "server", "host", "accept-encoding", "origin"}
SIGNED = ("/static/", "/api/", "/desk/api/", "/look.css", "/.well-known/")


@dataclass
class Liar:
    """What it does to each page, and what it says itself instead of the honest server, by the path."""

    html: Callable[[str], str] = str
    answers: dict[str, Any] = field(default_factory=dict)


@contextmanager
def lying(upstream: str, liar: Liar) -> Generator[str]:
    """Stands before `upstream` at the origin given, until the block ends."""
    honest = urlsplit(upstream).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def say(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response(status)
            for name, value in [*headers, ("Content-Length", str(len(body)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def pass_on(self) -> None:
            path = urlsplit(self.path).path
            length = int(self.headers.get("Content-Length") or 0)
            asked = self.rfile.read(length) if length else None
            if path in liar.answers:
                self.say(200, [("Content-Type", "application/json")], json.dumps(liar.answers[path]).encode())
                return
            signed = path.startswith(SIGNED)
            given = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            given["Accept-Encoding"] = self.headers.get("Accept-Encoding", "identity") if signed else "identity"
            connection = http.client.HTTPConnection(honest, timeout=60)
            try:
                connection.request(self.command, self.path, asked, {**given, "Host": honest})
                answer = connection.getresponse()
                body = answer.read()
            finally:
                connection.close()
            if not signed and answer.getheader("Content-Type", "").startswith("text/html"):
                body = liar.html(body.decode()).encode()
            self.say(answer.status, [each for each in answer.getheaders() if each[0].lower() not in HOP], body)

        def do_GET(self) -> None:
            self.pass_on()

        def do_POST(self) -> None:
            self.pass_on()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
