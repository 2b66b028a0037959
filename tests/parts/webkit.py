"""WebKitGTK's own small browser, driven by W3C WebDriver on a display that nobody sees: the engine of iPhones, as near as Debian has it."""

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tests.parts.costs import TALLY
from tests.parts.environment import free_port
from tests.parts.processes import wait_until
from tests.parts.profiles import PATIENCE, Driven

DRIVER, DISPLAY = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
# Both parts, or nothing.
WEBKIT = DRIVER if DRIVER and DISPLAY and BROWSER else None


class _Webkit:
    def __init__(self, session: str) -> None:
        self._session = session

    def open(self, address: str) -> None:
        ask("POST", f"{self._session}/url", {"url": address})

    def run(self, script: str) -> Any:
        return ask("POST", f"{self._session}/execute/sync", {"script": f"return ({script});", "args": []})


def ask(method: str, address: str, body: object = None) -> Any:
    """One command of WebDriver.

    Raises:
        AssertionError: with what the driver says.
    """
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, sent, {"Content-Type": "application/json"}, method=method)  # noqa: S310 - the loopback
    try:
        with urllib.request.urlopen(request, timeout=2 * PATIENCE) as answer:  # noqa: S310 - the same
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{method} {address}: {error.read().decode(errors='replace')[:500]}") from error


@contextmanager
def in_webkit(home: Path, **surroundings: str) -> Generator[Driven]:
    """A new browser of someone's own, who has ended afterwards."""
    assert DRIVER, "apt-get install webkit2gtk-driver"
    assert DISPLAY, "apt-get install xvfb"
    assert BROWSER, "apt-get install webkit2gtk-driver"
    TALLY["browsers"] += 1
    port = free_port()
    screen = [DISPLAY, "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(screen, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as display:
        assert display.stdout
        number = display.stdout.readline().strip()
        own = {**os.environ, "DISPLAY": f":{number}", "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "GDK_BACKEND": "x11", **surroundings}
        command = [DRIVER, "--host=127.0.0.1", f"--port={port}"]
        with subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as driver:
            try:
                address = f"http://127.0.0.1:{port}"
                wait_until(partial(_answers, address), "WebKitWebDriver starts", patience=PATIENCE)
                session = f"{address}/session/{_begin(address)}"
                yield _Webkit(session)
                ask("DELETE", session)
            finally:
                driver.kill()
                display.kill()


def _begin(address: str) -> str:
    """A session; asked for once more where the browser did not come up the first time, as happens on a busy machine."""
    wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": {"binary": str(BROWSER), "args": ["--automation"]}}
    body = {"capabilities": {"alwaysMatch": wanted}}
    try:
        found = ask("POST", f"{address}/session", body)
    except AssertionError:
        found = ask("POST", f"{address}/session", body)
    return str(found["sessionId"])


def _answers(address: str) -> bool:
    try:
        return bool(ask("GET", f"{address}/status")["ready"])
    except OSError:
        return False
