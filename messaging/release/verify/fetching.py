"""Asking a site for its bytes by the standard library's HTTP: no redirect is followed, nothing is kept."""

import http.client
import subprocess
import zlib
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from messaging.release.build import node_path

LARGEST = 16_000_000
PATIENCE = 60  # Seconds: over Tor the first answer takes some.
ENCODINGS = ("identity", "gzip", "br", "zstd")
# What Tor Browser sends, so that a site cannot know by the words of a request that it is being checked.
AS_A_BROWSER = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.5",
}
# The standard library opens neither of the two before Python 3.14; the node that builds the client does.
_UNPACK = (
    "const z = require('zlib'), parts = []; process.stdin.on('data', part => parts.push(part)).on('end', () => "
    "process.stdout.write(z[process.argv[1]](Buffer.concat(parts), { maxOutputLength: " + str(LARGEST) + " })));"
)
_BY_NODE = {"br": "brotliDecompressSync", "zstd": "zstdDecompressSync"}


class CannotReach(Exception):
    """Nobody answers, or not in HTTP; the message says so in a sentence."""


class CannotUnpack(Exception):
    """A body that is not what its Content-Encoding says."""


@dataclass(frozen=True)
class FetchedAnswer:
    """What came; the body as it was sent."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def all(self, name: str) -> list[str]:
        return [str(each) for each in self.headers.get_all(name, [])]

    @property
    def content(self) -> bytes:
        """The body unpacked; raises CannotUnpack."""
        encoding = ", ".join(self.all("Content-Encoding")).strip().lower()
        if encoding in {"", "identity"}:
            return self.body
        if encoding == "gzip":
            return _gunzip(self.body)
        if encoding not in _BY_NODE:
            raise CannotUnpack(f"sent in the encoding {encoding!r}, which nobody asked for")
        done = subprocess.run([node_path(), "-e", _UNPACK, _BY_NODE[encoding]], input=self.body, capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            raise CannotUnpack(f"said to be {encoding}, and is not")
        return done.stdout


def _gunzip(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(31)
    try:
        content = unpacker.decompress(body, LARGEST)
    except zlib.error as error:
        raise CannotUnpack("said to be gzip, and is not") from error
    if not unpacker.eof or unpacker.unused_data:
        raise CannotUnpack("said to be gzip, and has no end or something after it")
    return content


class Fetcher:
    """One connection to one origin; opened again when the site closes it."""

    def __init__(self, origin: str) -> None:
        """Raises CannotReach for an address that is no origin, or that anyone between could alter."""
        parts = urlsplit(origin)
        try:
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise CannotReach(f"{origin!r} is no address of a site.") from error
        plain = parts.scheme == "http" and (host in {"localhost", "127.0.0.1"} or host.endswith(".onion"))
        if not host or parts.path not in {"", "/"} or parts.query or parts.username or not (parts.scheme == "https" or plain):
            raise CannotReach(f"{origin!r} must be an address like https://helpline.example (http:// only for .onion and this machine).")
        self.origin = f"{parts.scheme}://{parts.netloc.lower()}"
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(host, port, timeout=PATIENCE)

    def close(self) -> None:
        self._connection.close()

    def get(self, path: str, encoding: str = "identity") -> FetchedAnswer:
        """One answer, whatever its status. Raises CannotReach."""
        headers = {**AS_A_BROWSER, "Accept-Encoding": encoding}
        for last in (False, True):
            try:
                self._connection.request("GET", quote(path, safe="/?=&%~"), headers=headers)
                response = self._connection.getresponse()
                body = response.read(LARGEST)
                if not response.isclosed():
                    self._connection.close()
                return FetchedAnswer(response.status, response.headers, body)
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                if last:
                    raise CannotReach(f"{self.origin}{path} does not answer: {str(error) or type(error).__name__}.") from error
        raise AssertionError("a loop of two ends by its second turn")
