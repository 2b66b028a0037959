"""A mail server of the loopback that takes everything and keeps the subjects."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string


class Mail(socketserver.ThreadingTCPServer):
    """`subjects` of what came, in order."""

    daemon_threads = True
    subjects: list[str]

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    """SMTP (RFC 5321) as far as one sender needs it."""

    server: Mail

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                content = "".join(line.decode(errors="replace") for line in iter(self.rfile.readline, b".\r\n"))
                self.server.subjects.append(str(message_from_string(content)["Subject"]))
            self._say("221 bye" if verb == b"QUIT" else "250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def mail_server() -> Iterator[Mail]:
    """On a free port, until the end of the block."""
    with Mail(("127.0.0.1", 0), _Session) as server:
        server.subjects = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
