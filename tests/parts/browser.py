"""Chromium as a visitor uses it: one context a visitor, and everything it said, asked and got kept for the test."""

import json
import os
import re
import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.parts.costs import TALLY
from tests.parts.derived import remember_slow_keys
from tests.parts.environment import ARTEFACTS, Installation
from tests.parts.examples import by_night
from tests.parts.sooner import ask_sooner

# What a window of the whole browser makes besides, and nobody sees: the lists below its address bar, two pages with programs of their own.
# They took more than half a second of computing for each window, as much as the desk itself. Chromium heeds the last such list alone,
# so what Playwright switches off stands here too.
UNSEEN = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    f"--disable-features={','.join(UNSEEN)}",
]
# Debian's, or the one in the PATH.
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# By day, where it is installed, the same Chromium without windows: it lays out and runs pages alike, and takes a sixth of the computing
# for each visitor. By night the whole browser does it.
QUICK = shutil.which("chromium-headless-shell")
PHONE, DESKTOP = (390, 844), (1280, 800)
# Playwright's own five seconds are no measure of a page on a machine that has much else to do. Nothing waits longer than it must.
expect.set_options(timeout=30_000)


@dataclass
class Visitor:
    """A browser of somebody's own. What it says in the console, and any error of a page, fails the test unless `expects` it."""

    name: str
    context: BrowserContext
    page: Page
    har: Path
    requests: list[Request] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    expected: list[re.Pattern[str]] = field(default_factory=list)
    closed: bool = False

    def expects(self, pattern: str) -> None:
        """Console messages and page errors that match belong to what is tested."""
        self.expected.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        return [line for line in self.said if not any(pattern.search(line) for pattern in self.expected)]

    def screenshot(self, name: str, *, whole: bool = True) -> None:
        """Into test-artefacts/, for a person to look at; not where many processes run the tests by day."""
        if "PYTEST_XDIST_WORKER" in os.environ and not by_night():
            return
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=whole, animations="disabled")

    def kept(self) -> str:
        """Everything that the pages of this visitor left in the browser's storage, cookies included, as JSON."""
        stored = self.page.evaluate(STORAGE)
        return json.dumps({"cookies": self.context.cookies(), "storage": stored}, ensure_ascii=False)

    def traffic(self) -> bytes:
        """Every request and answer with its body, as the browser recorded it; closes the browser.

        Raises:
            FileNotFoundError: nothing was recorded. The test, or its file, is to be marked `traffic`.
        """
        self.close()
        return self.har.read_bytes()

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.context.close()


STORAGE = """async () => {
  const databases = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done, fail) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    databases[name] = {};
    for (const store of database.objectStoreNames) {
      databases[name][store] = await new Promise((done, fail) => {
        const asking = database.transaction(store).objectStore(store).getAll();
        asking.onsuccess = () => done(asking.result);
        asking.onerror = () => fail(asking.error);
      });
    }
    database.close();
  }
  const caches_ = {};
  if ("caches" in self) {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      caches_[name] = [];
      for (const request of await cache.keys()) {
        caches_[name].push([request.url, await (await cache.match(request)).text()]);
      }
    }
  }
  return {
    local: { ...localStorage }, session: { ...sessionStorage }, databases, caches: caches_,
    cookie: document.cookie, name: window.name, history: history.state, address: location.href,
  };
}"""


@pytest.fixture(scope="session")
def chromium() -> Generator[Browser]:
    """Debian's Chromium, or the one in the PATH, headless, with no way out but the loopback; by day without windows."""
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=(not by_night() and QUICK) or CHROMIUM, args=ARGUMENTS, headless=True)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def whole_chromium(chromium: Browser) -> Generator[Browser]:
    """With all that belongs to windows, such as notifications: what tests of that take by day too."""
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS, headless=True)
    yield browser
    browser.close()


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser, installation: Installation, tmp_path: Path, request: pytest.FixtureRequest) -> Generator[Visit]:
    """visit("the person", size=PHONE, **options of Playwright's new_context): a new browser for somebody; origin is the base URL.

    Of the whole browser, with windows, where the test or its file is marked `windows`; recorded, where it is marked `traffic`.
    """
    engine: Browser = request.getfixturevalue("whole_chromium") if request.node.get_closest_marker("windows") else chromium
    recorded = request.node.get_closest_marker("traffic") is not None
    visitors: list[Visitor] = []

    def begin(name: str, *, size: tuple[int, int] = PHONE, origin: str = installation.origin, **options: Any) -> Visitor:
        TALLY["browsers"] += 1
        har = tmp_path / f"traffic-{len(visitors)}.har"
        context = engine.new_context(
            base_url=origin,
            viewport={"width": size[0], "height": size[1]},
            locale="en-GB",
            timezone_id="Europe/London",
            record_har_path=har if recorded else None,
            record_har_content="embed" if recorded else None,
            # Nothing is looked at while it is still on its way to another colour.
            **{"reduced_motion": "reduce", **options},
        )
        if not by_night() and not recorded:
            remember_slow_keys(context)
        if not by_night():
            ask_sooner(context)
        visitor = Visitor(name, context, context.new_page(), har)
        visitors.append(visitor)

        def console(message: ConsoleMessage) -> None:
            visitor.said.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

        context.on("request", lambda request: visitor.requests.append(request))  # noqa: PLW0108 - Playwright cannot mark a built-in
        context.on("console", console)
        context.on("weberror", lambda error: visitor.said.append(f"page error: {error.error}"))
        return visitor

    yield begin
    troubles = []
    for visitor in visitors:
        visitor.close()
        troubles += [f"{visitor.name}: {line}" for line in visitor.unexpected()]
        troubles += [
            f"{visitor.name} asked another host: {request.url}"
            for request in visitor.requests
            if request.url.startswith("http") and urlsplit(request.url).hostname != "localhost"
        ]
    if troubles:
        pytest.fail("In the browser:\n" + "\n".join(troubles), pytrace=False)
