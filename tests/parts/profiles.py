"""Whole browsers with a profile on the disk: Chromium or Firefox, a page each, which end and leave what they leave."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, Page

from messaging.release.build import node_path
from tests.parts.browser import ARGUMENTS, CHROMIUM
from tests.parts.costs import TALLY
from tests.parts.environment import free_port
from tests.parts.processes import wait_until

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE = 60
PREFERENCES = {
    # Firefox asks its maker for settings and lists when it starts: every host but this machine is a closed door.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    # As a person has it: remote control by itself would turn off that a session is kept. Here it is every second, not every fifteenth.
    "remote.prefs.recommended": False,
    "browser.sessionstore.interval": 1_000,
    "browser.sessionstore.interval.idle": 1_000,
}


class Driven(Protocol):
    """One page of a browser that is driven from outside, so that a page's own rules (CSP) forbid nothing that is asked."""

    def open(self, address: str) -> None:
        """Goes there, and waits until all of the page has come."""

    def run(self, script: str) -> Any:
        """What the JavaScript comes to in the page."""


def wait_for(page: Driven, condition: str, patience: float = PATIENCE) -> None:
    """Returns when the JavaScript comes to something true."""
    wait_until(partial(page.run, f"Boolean({condition})"), condition, patience=patience)


class _Chromium:
    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, address: str) -> None:
        self._page.goto(address)

    def run(self, script: str) -> Any:
        return self._page.evaluate(script)


@contextmanager
def in_chromium(chromium: Browser, profile: Path) -> Generator[Driven]:
    """A new Chromium with this profile, which has ended afterwards."""
    TALLY["browsers"] += 1
    context = chromium.browser_type.launch_persistent_context(profile, executable_path=CHROMIUM, args=ARGUMENTS, headless=True)
    try:
        yield _Chromium(context.pages[0])
    finally:
        context.close()


class Told:
    """A page that is driven by a programme of node's: a line of JSON asks, and one answers."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def ask(self, **asked: object) -> Any:
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write(json.dumps(asked) + "\n")
        self._program.stdin.flush()
        answer = json.loads(self._program.stdout.readline() or '{"error": "what drives the browser has ended"}')
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def open(self, address: str) -> None:
        self.ask(open=address)

    def run(self, script: str) -> Any:
        return self.ask(run=script)


@contextmanager
def told(driver: str, address: str) -> Generator[Told]:
    """By one of the programmes beside this file; the browser has been asked to end afterwards."""
    command = [str(node_path()), str(Path(__file__).with_name(driver)), address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        page = Told(program)
        yield page
        page.ask(end=True)


@contextmanager
def in_firefox(profile: Path, **preferences: object) -> Generator[Driven]:
    """The same with a new Firefox, set as is said besides."""
    assert FIREFOX, "apt-get install firefox-esr"
    said = {**PREFERENCES, **preferences}
    (profile / "user.js").write_text("".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in said.items()))
    TALLY["browsers"] += 1
    port = free_port()
    started = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), f"--remote-debugging-port={port}"]
    surroundings = {**os.environ, "HOME": str(profile), "MOZ_CRASHREPORTER_DISABLE": "1"}
    with subprocess.Popen(started, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as firefox:
        try:
            wait_until(partial(_answers, port), "Firefox starts", patience=PATIENCE)
            with told("firefox.ts", str(port)) as page:
                yield page
            firefox.wait(PATIENCE)
        finally:
            firefox.kill()


def _answers(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0
