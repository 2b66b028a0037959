"""The client's own node, and its pages in a browser: what the tests of this folder share."""

import json
import os
import subprocess
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from helpline.web.csp import csp_policy
from messaging.release.build import CLIENT, install, node_path, run_node
from messaging.release.bundle import TARGET
from tests.parts.examples import by_night

HEAD = '<meta charset="utf-8"><title>Test</title><script type="module" src="page.js"></script>'
PAGE = f'<!doctype html><html lang="en"><head>{HEAD}</head></html>'


def talk(request: Mapping[str, Any]) -> Any:
    """What the client answers to a request of tests/parts/talk.ts."""
    install()
    done = subprocess.run(
        [node_path(), CLIENT / "tests" / "parts" / "talk.ts"],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
        cwd=CLIENT,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run_tests(pattern: str, *, without: str = "") -> str:
    """What node's test runner says of the test files that match, but for one. By night they try more, which a variable tells them."""
    install()
    files = sorted(path for path in CLIENT.glob(f"tests/{pattern}") if path.name != without)
    environment = os.environ | {"HELPLINE_TESTS_BY_NIGHT": "1" if by_night() else "0"}
    done = subprocess.run([node_path(), "--test", *files], capture_output=True, text=True, check=False, cwd=CLIENT, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def page_folder(folder: Path, script: str) -> Path:
    """A folder with a page whose one script is bundled from messaging/client/tests/browser/."""
    install()
    (folder / "index.html").write_text(PAGE)
    run_node(
        f"{script} cannot be bundled",
        "esbuild/bin/esbuild",
        f"tests/browser/{script}",
        f"--outfile={folder / 'page.js'}",
        "--bundle",
        "--minify",
        "--format=esm",
        TARGET,
        "--log-level=warning",
    )
    return folder


class _Handler(SimpleHTTPRequestHandler):
    """Files of one folder, under the very policy of the site's pages."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", csp_policy("/write").csp)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing: a test's output is the test's."""


@contextmanager
def served(folder: Path) -> Generator[str]:
    """The folder on the loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def result_of(browser: Browser, address: str, slower: float = 1) -> Any:
    """What the page at the address wrote as its result; anything said in the console fails. The processor can be made `slower`."""
    context = browser.new_context()
    page = context.new_page()
    if slower > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/index.html", timeout=30_000 * slower)
    try:
        page.locator("#result").wait_for(state="attached", timeout=120_000 * slower)
    except Exception as error:
        raise AssertionError(f"The page came to no result: {said}") from error
    result = json.loads(page.locator("#result").text_content() or "")
    context.close()
    # The icon that browsers ask for by themselves is not there.
    assert not [line for line in said if "404" not in line], said
    return result
