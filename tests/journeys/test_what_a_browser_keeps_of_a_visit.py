"""After a whole visit a browser's profile is searched: nothing that was read or written is there, and of addresses only what we say."""

import json
import re
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from helpline.pages.import_content import import_content
from tests.parts.environment import Installation
from tests.parts.leaks import files_below, find_leaks, mozilla_lz4
from tests.parts.processes import wait_until
from tests.parts.profiles import PATIENCE, Driven, in_chromium, in_firefox, wait_for
from tests.parts.web import WebServer
from tests.world.staff import People

pytestmark = [pytest.mark.long, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

MESSAGE = "I look at things at night that I am ashamed of, and my sister knows."
READ = [
    "You can get help. Nobody will ask your name.",
    "Maybe you have sexual thoughts about children",
    "It is a time of high risk",
    "You do not have to decide anything today",
    "hides this page straight away",
]
PAGES = ["/", "/read/1", "/read/10", "/read/16", "/leaving", "/confidential", "/campaign"]
WORDS = """window.eight = [...document.querySelectorAll("#words li")].map((one) => one.textContent.trim());
JSON.stringify(window.eight)"""
GIVE_BACK = """for (const name of ["first", "second"]) {
  const number = Number(/\\d/.exec(document.querySelector(`label[for=check-${name}]`).textContent)[0]);
  document.getElementById(`check-${name}`).value = window.eight[number - 1];
}
document.querySelector("#check-form [data-part=send]").click();"""
WRITE = """document.querySelector("input[name=route][value=self]").click();
document.getElementById("message-text").value = %s;
document.getElementById("message-text").dispatchEvent(new Event("input", { bubbles: true }));"""

# A page as most are: it may be kept for an hour, and has a box like any other.
ORDINARY_READ, ORDINARY_TYPED = "An ordinary page that a browser may keep", "typed into an ordinary box"
ORDINARY = f"<!doctype html><title>Shop</title><p>{ORDINARY_READ}</p><textarea id=box></textarea>".encode()

# What a site itself puts into a browser, and where copies of what it answered lie.
OF_SITES = re.compile(
    r"/(cookies|local storage|session storage|indexeddb|service worker|webstorage|file system|storage/default)\b", re.IGNORECASE
)
COPIES = re.compile(r"/(Cache|Code Cache|cache2|startupCache)/")
HISTORY = {"chromium": "Default/History", "firefox": "places.sqlite"}


class _Ordinary(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(ORDINARY)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(ORDINARY)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it is called by
        """Says nothing."""


@pytest.fixture
def ordinary() -> Generator[str]:
    """Another site's address, whose page has a cache lifetime."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Ordinary)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def write(page: Driven) -> list[str]:
    """All four steps, up to a message that is not sent yet; the words."""
    wait_for(page, "document.getElementById('agree')?.checkVisibility()")
    page.run("document.getElementById('agree').click()")
    wait_for(page, "!document.getElementById('step-message').hidden")
    page.run(WRITE % json.dumps(MESSAGE))
    page.run("document.querySelector('#message-form [data-part=send]').click()")
    wait_for(page, "document.querySelectorAll('#words li').length === 8")
    words: list[str] = json.loads(page.run(WORDS))
    page.run("document.getElementById('kept').click()")
    return words


def noted_by_firefox(profile: Path, said: str) -> list[tuple[str, bytes]]:
    """What Firefox keeps of its open pages, to bring them back after a crash, as soon as this is said in it."""
    file = profile / "sessionstore-backups" / "recovery.jsonlz4"
    wait_until(lambda: file.exists() and said.encode() in mozilla_lz4(file.read_bytes()), f"{said} is noted", patience=PATIENCE)
    return list(files_below(file.parent))


BY_NIGHT = pytest.mark.night("Firefox notes its pages every fifteen seconds; by day Chromium's profile is looked through")


@pytest.mark.parametrize("browser", ["chromium", pytest.param("firefox", marks=[pytest.mark.firefox, BY_NIGHT])])
def test_nothing_of_what_was_read_or_written(
    people: People, web_server: WebServer, installation: Installation, chromium: Browser, ordinary: str, tmp_path: Path, browser: str
) -> None:
    import_content()
    profile, kept, seen = tmp_path / "profile", [], ""
    profile.mkdir()
    with in_firefox(profile) if browser == "firefox" else in_chromium(chromium, profile) as page:
        for path in PAGES:
            page.open(installation.origin + path)
            seen += page.run("document.body.textContent")
        page.open(ordinary)
        page.run(f"document.getElementById('box').value = {json.dumps(ORDINARY_TYPED)}")
        page.run("document.getElementById('box').dispatchEvent(new Event('input', { bubbles: true }))")
        if browser == "firefox":
            kept += noted_by_firefox(profile, ORDINARY_TYPED)
        page.open(f"{installation.origin}/write")
        words = write(page)
        if browser == "firefox":
            # What it notes of a page it notes at one time: how far it is scrolled, and what stands in its boxes.
            page.run("window.scrollTo(0, 7)")
            kept += noted_by_firefox(profile, '"scroll":"0,7"')
        page.run(GIVE_BACK)
        wait_for(page, "!document.getElementById('step-sent').hidden")
        page.open("about:blank")
    assert [sentence for sentence in READ if sentence not in seen] == []
    kept += files_below(profile)
    kept = [(name.removeprefix(str(profile)), data) for name, data in kept]

    # The search can see: of a site that asks for nothing, what was read and what was typed is there.
    assert any(COPIES.search(line) for line in find_leaks(kept, [ORDINARY_READ], []))
    assert find_leaks(kept, [ORDINARY_TYPED], [])

    assert find_leaks(kept, [*READ, MESSAGE], words) == []

    host = installation.origin.partition("://")[2]
    holding = {name for name, data in kept if host.encode() in data or host.encode("utf-16-le") in data}
    assert not {name for name in holding if OF_SITES.search(name)}
    # The history keeps the addresses of pages, as /leaving says; no copy of a page lies under its own.
    assert any(HISTORY[browser] in name for name in holding)
    copies = [(name, data) for name, data in kept if COPIES.search(name)]
    assert {path for path in PAGES[1:] for _, data in copies if f"{host}{path}".encode() in data} == set()
