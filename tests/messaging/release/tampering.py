"""A small site on the loopback with a signed manifest, whose every answer a test may alter."""

import gzip
import json
import re
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.core.management import CommandError, call_command
from django.template import Context, Template
from django.test import override_settings

from helpline.branding import Look
from helpline.web.csp import csp_policy
from helpline.web.installation_script import PATH, InstallationScript
from messaging.protocol.encoding import encode
from messaging.protocol.peer.keys import open_site
from messaging.protocol.peer.releases import make_release_certificate, sign_release
from messaging.protocol.wire.releases import EPOCH, manifest_asset, with_installation_script
from messaging.release.build import node_path
from messaging.release.manifest import release_manifest, static_files
from messaging.release.verify.site import WELL_KNOWN
from tests.parts.environment import ROOT_SEED, root_public
from tests.world.peers import Installation as Desk

RELEASE_SEED = bytes(range(32))
ROOT = encode(root_public())
KINDS = ("site-", "person-", "argon2-", "stand-ins-", "opened-", "icon.svg", "licences.txt")
DESK = "/api/v1/desk"
LOOK = Look.of("#1d5c4f")
PACK = "const z = require('zlib'); process.stdout.write(z[process.argv[1]](require('fs').readFileSync(0)))"
PAGE = (
    '<!doctype html><html lang="en-GB"><head><title>Information</title><link rel="icon" href="/static/helpline/icon.svg">'
    f'{{% load assets %}}{{% client_style "site" %}}<link rel="stylesheet" href="/look.css?1" integrity="{LOOK.integrity}" '
    'crossorigin="anonymous">{% client_script "site" %}{% client_script "person" %}</head>'
    '<body><main id="main"><p>Words.</p><a href="/write">Write</a></main></body></html>'
)


@dataclass
class Answer:
    """What one address says; `packed` is the body by the name of an encoding."""

    kind: str
    body: bytes
    headers: list[tuple[str, str]]
    status: int = 200
    packed: dict[str, bytes] = field(default_factory=dict)

    def flip(self) -> None:
        """The lowest bit of the byte in the middle."""
        place = len(self.body) // 2
        self.body = self.body[:place] + bytes([self.body[place] ^ 1]) + self.body[place + 1 :]

    def set(self, name: str, value: str | None) -> None:
        self.headers = [each for each in self.headers if each[0] != name] + ([(name, value)] if value is not None else [])

    def swap(self, old: str, new: str) -> None:
        assert old.encode() in self.body
        self.body = self.body.replace(old.encode(), new.encode(), 1)


class Served:
    """The answers by their path, and the manifest that they agree with."""

    own: InstallationScript | None = None

    def __init__(self, built: Path, *, whole: bool = False) -> None:
        content = {path: body for path, body in static_files(built).items() if whole or path.rpartition("/")[2].startswith(KINDS)}
        self.manifest = {**release_manifest(built), "number": 3, "made_on": datetime.now(UTC).date().isoformat()}
        self.manifest["assets"] = [each for each in self.manifest["assets"] if each["path"] in content]
        if not whole:
            self.manifest["pages"] = ["/", "/write"]
        with override_settings(CLIENT_BUILD=built):
            page = Template(PAGE).render(Context()).encode()
        self.answers = {path: answer(path, "application/octet-stream", body) for path, body in content.items()}
        self.answers |= {path: answer(path, f"text/{path.rpartition('.')[2]}", content[path]) for path in content if path.endswith("css")}
        self.answers |= {path: answer(path, "text/javascript", content[path]) for path in content if path.endswith("js")}
        self.answers |= {path: answer(path, "text/html; charset=utf-8", page) for path in self.manifest["pages"]}
        self.answers["/look.css"] = answer("/look.css", "text/css", LOOK.css.encode())
        self.answers[DESK] = answer(DESK, "application/json", json.dumps(desk_of(ROOT_SEED).desk_answer()).encode())
        self.sign()

    def path_of(self, start: str, end: str) -> str:
        return next(path for path in self.answers if path.rpartition("/")[2].startswith(start) and path.endswith(end))

    def sign(self, first: date | None = None, days: int = 30, root_seed: bytes = ROOT_SEED, **changed: Any) -> None:
        """Anew, by a key certified from that day on; the installation's own script (`own`, or an honest one) with it."""
        self.manifest |= changed
        honest = InstallationScript(root_public(), self.manifest["made_on"], self.manifest["newest"])
        own = honest if self.own is None else self.own
        self.manifest = with_installation_script(self.manifest, own)
        self.answers[PATH] = answer(PATH, "text/javascript", own.script)
        hashed = f'{PATH}" integrity="{manifest_asset(PATH, own.script)["integrity"]}"'.encode()
        for page in self.manifest["pages"]:
            self.answers[page].body = re.sub(rb'%s" integrity="[^"]*"' % PATH.encode(), hashed, self.answers[page].body)
        self.sign_all(self.manifest, first, days, root_seed)

    def sign_all(self, manifest: dict[str, Any], first: date | None = None, days: int = 30, root_seed: bytes = ROOT_SEED) -> None:
        """The manifest as it is given."""
        site = open_site(_public(root_seed), "https://offline.invalid")
        day = ((first or datetime.now(UTC).date()) - EPOCH) // timedelta(days=1)
        certificate = make_release_certificate(root_seed, site, _public(RELEASE_SEED), first_day=day, last_day=day + days)
        raw = sign_release(RELEASE_SEED, site, certificate, manifest)
        self.answers[WELL_KNOWN] = answer(WELL_KNOWN, "application/json", raw)


def _public(seed: bytes) -> bytes:
    from messaging.protocol.peer.primitives import sign_public

    return sign_public(seed)


def desk_of(root_seed: bytes, *, today: int | None = None) -> Desk:
    """Moira and Callum at a desk of that root, in an epoch that begins today."""
    desk = Desk(today=(datetime.now(UTC).date() - EPOCH) // timedelta(days=1) if today is None else today)
    desk.root_seed, desk.site = root_seed, open_site(_public(root_seed), "https://helpline.example")
    for name in ("Moira", "Callum"):
        desk.join(name, key_holder=name == "Moira", first_day=desk.today - 30, last_day=desk.today + 69)
    desk.next_epoch("Moira", ["Moira", "Callum"])
    return desk


def verify(served: Served, *arguments: str, root: str = ROOT) -> SimpleNamespace:
    """What the command said, and the code that it ended with."""
    out, err, code = StringIO(), StringIO(), 0
    with serving(served) as origin:
        try:
            call_command("verify_site", origin, f"--root-public={root}", *arguments, stdout=out, stderr=err)
        except CommandError as error:
            code = error.returncode
        return SimpleNamespace(code=code, good=out.getvalue(), bad=[line.removeprefix("BAD   ") for line in err.getvalue().splitlines()])


def answer(path: str, kind: str, body: bytes) -> Answer:
    policy = csp_policy(path)
    integrity = [("Integrity-Policy", policy.integrity)] if policy.integrity else []
    return Answer(kind, body, [("Content-Security-Policy", policy.csp), *integrity])


def pack(body: bytes) -> dict[str, bytes]:
    """As a proxy compresses."""
    names = {"br": "brotliCompressSync", "zstd": "zstdCompressSync"}
    by_node = {
        encoding: subprocess.run([node_path(), "-e", PACK, name], input=body, capture_output=True, check=True).stdout
        for encoding, name in names.items()
    }
    return {"gzip": gzip.compress(body, mtime=0), **by_node}


@contextmanager
def serving(served: Served) -> Generator[str]:
    """At the origin given, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            found = served.answers.get(urlsplit(self.path).path) or answer("/nothing", "text/html", b"Not found.")
            asked = self.headers.get("Accept-Encoding", "")
            body = found.packed.get(asked, found.body)
            self.send_response(found.status if urlsplit(self.path).path in served.answers else 404)
            for name, value in [("Content-Type", found.kind), ("Content-Length", str(len(body))), *found.headers]:
                self.send_header(name, value)
            if asked in found.packed:
                self.send_header("Content-Encoding", asked)
            self.end_headers()
            self.wfile.write(body)

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
