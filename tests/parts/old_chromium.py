"""Chromium of before its Ed25519: of 2021, of 2023 and of 2024, brought by npm from tests/engines, for tests alone."""

import fcntl
import json
import re
import subprocess
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from messaging.release.build import node_path, npm_install
from tests.parts.costs import TALLY
from tests.parts.environment import REPOSITORY, free_port
from tests.parts.processes import wait_until
from tests.parts.profiles import PATIENCE, Driven, told

FOLDER = REPOSITORY / "tests" / "engines"
UNPACK = """const { brotliDecompressSync } = require("zlib"), { readFileSync, writeFileSync } = require("fs");
const [, from, to] = process.argv;
writeFileSync(to, brotliDecompressSync(readFileSync(from)));"""


def old_chromium(year: int) -> Path:
    """The programme; fetched and unpacked where it is not there yet.

    Raises:
        BuildFailed: the registry cannot be reached.
    """
    npm_install(FOLDER)
    package = FOLDER / "node_modules" / f"chromium-{year}"
    programme = package / "chromium"
    with (package / "package.json").open() as door:
        # Two processes of a run may want it at once.
        fcntl.flock(door, fcntl.LOCK_EX)
        if not programme.exists():
            fresh = package / "chromium.unfinished"
            subprocess.run([node_path(), "-e", UNPACK, package / "bin" / "chromium.br", fresh], check=True)
            fresh.chmod(0o755)
            fresh.replace(programme)
    return programme


@contextmanager
def in_chromium_by_itself(programme: str | Path, profile: Path, arguments: Sequence[str] = ()) -> Generator[Driven]:
    """Any Chromium, with its own protocol and no library between: Playwright knows only today's."""
    TALLY["browsers"] += 1
    port = free_port()
    own = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
    own += [
        f"--user-data-dir={profile}",
        f"--remote-debugging-port={port}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    with subprocess.Popen(
        [str(programme), *own, *arguments, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as chromium:
        try:
            wait_until(lambda: _page(port) != "", "Chromium starts", patience=PATIENCE)
            with told("devtools.ts", _page(port)) as page:
                yield page
        finally:
            chromium.kill()


def _page(port: int) -> str:
    """Where its first page is driven from; empty as long as there is none."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=5) as answer:
            found = [str(each["webSocketDebuggerUrl"]) for each in json.load(answer) if each["type"] == "page"]
    except OSError:
        return ""
    return re.sub(r"(?<=^ws://)[^/]+", f"127.0.0.1:{port}", found[0]) if found else ""
