"""A mail server of the loopback that takes everything and keeps the subjects; encrypted, and with a password, where a test wants it so."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string


class Mail(socketserver.ThreadingTCPServer):
    """`subjects` of what came, in order; `signed_in` as whom, and `clear` the words that came before anything was encrypted."""

    daemon_threads = True
    subjects: list[str]
    signed_in: list[str]
    clear: list[bytes]
    context: ssl.SSLContext | None
    starts_tls: bool

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    """SMTP (RFC 5321), STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4954) as far as one sender needs them."""

    server: Mail

    def handle(self) -> None:
        self.encrypted = False
        if self.server.context and not self.server.starts_tls:
            self._encrypt()
        self._say("220 here")
        while line := self.rfile.readline():
            if not self.encrypted:
                self.server.clear.append(line)
            if self._answer(line) == "221":
                return

    def finish(self) -> None:
        super().finish()
        self.request.close()  # The encrypted one; the server knows of the other alone.

    def _answer(self, line: bytes) -> str:
        verb, words = line[:4].upper(), line.decode(errors="replace").split()
        if verb == b"DATA":
            self._say("354 go on")
            content = "".join(line.decode(errors="replace") for line in iter(self.rfile.readline, b".\r\n"))
            self.server.subjects.append(str(message_from_string(content)["Subject"]))
        elif verb == b"EHLO":
            offered = ["AUTH PLAIN"] if self.encrypted else ["STARTTLS"] if self.server.starts_tls else []
            for words_of_one in ("here", *offered):
                self._say(f"250-{words_of_one}")
        elif verb == b"STAR":
            self._say("220 go on")
            self._encrypt()
            return "220"
        elif verb == b"AUTH":
            _, name, password = base64.b64decode(words[2]).decode().split("\0")
            self.server.signed_in.append(f"{name}:{password}")
            self._say("235 ok")
            return "235"
        self._say("221 bye" if verb == b"QUIT" else "250 ok")
        return "221" if verb == b"QUIT" else "250"

    def _encrypt(self) -> None:
        assert self.server.context is not None
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)
        self.encrypted = True

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class _Server(Mail):
    def handle_error(self, *_: object) -> None:
        """Whoever does not trust the certificate goes away; nobody wants to read of it."""


@contextmanager
def mail_server(context: ssl.SSLContext | None = None, *, starts_tls: bool = False) -> Iterator[Mail]:
    """On a free port, until the end of the block; with a certificate's context encrypted from the start, or when asked to."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.subjects, server.signed_in, server.clear = [], [], []
        server.context, server.starts_tls = context, starts_tls
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
