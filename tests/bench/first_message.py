"""From opening the first page to “sent”, on a phone: `python -m tests.bench.first_message [ORIGIN]`.

The network is slow 3G, and the processor six times slower. It takes whatever step is shown next, so that it measures other versions too:
ORIGIN is where one is served, for example by the demonstration. Times are the machine's alone: nobody reads, types or writes on paper.
Twenty seconds in which someone copies the eight words are not counted. Words to read are those that stand before the button that goes on.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.parts.browser import ARGUMENTS, PHONE

# What browsers' makers call slow 3G: 400 kbit/s each way, 400 ms there and back.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 6
TEXT = "I am frightened of what I do at night, and I do not know how to stop."
STEPS = ("terms", "message", "words", "check", "sent")
WRITE = "main a[href$='/write']:visible"
SHOWN = """(steps) => steps.find((name) => document.getElementById(`step-${name}`)?.getClientRects().length) ?? ''"""
READY = {
    "terms": "() => document.getElementById('agree').getClientRects().length > 0",
    "message": "() => !document.querySelector('#message-form [data-part=send]').disabled",
    "words": "() => document.querySelectorAll('#words li').length === 8",
    "check": "() => !document.querySelector('#check-form [data-part=send]').disabled",
}
GOES_ON = {
    "": WRITE,
    "terms": "#agree",
    "message": "#message-form [data-part=send]",
    "words": "#kept",
    "check": "#check-form [data-part=send]",
    "sent": "#step-sent h2, #step-sent ol",
}
BEFORE = """(button) => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let text = "", node;
  while ((node = walker.nextNode()) && node.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING)
    if (node.parentElement.checkVisibility()) text += ` ${node.data}`;
  return text.split(/\\s+/).filter((each) => /[\\p{L}\\p{N}]/u.test(each)).length;
}"""
PAPER = 20  # Seconds.
PATIENCE = 120_000


class Journey:
    """One phone. `taps` counts presses and fields that are gone into."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.words = page, 0, list[str]()
        page.set_default_timeout(PATIENCE)

    def tap(self, place: str) -> None:
        self.taps += 1
        self.page.locator(place).first.click()

    def terms(self) -> None:
        self.tap("#agree")

    def message(self) -> None:
        self.taps += 2
        if self.page.locator("input[name=route]:visible").count():
            self.page.locator("input[name=route]").first.check()
        self.page.locator("#message-text").fill(TEXT)
        self.tap("#message-form [data-part=send]")

    def eight(self) -> None:
        self.words = [each.strip() for each in self.page.locator("#words li").all_inner_texts()]
        self.tap("#kept")

    def check(self) -> None:
        for name in ("first", "second"):
            number = next(digit for digit in self.page.locator(f"label[for=check-{name}]").inner_text() if digit.isdigit())
            self.taps += 1
            self.page.locator(f"#check-{name}").fill(self.words[int(number) - 1])
        self.tap("#check-form [data-part=send]")

    def run(self, origin: str) -> None:
        """Prints a line for each step, and their sum."""
        acts: dict[str, Callable[[], None]] = {"terms": self.terms, "message": self.message, "words": self.eight, "check": self.check}
        last, spent, read, step = time.monotonic(), 0.0, 0, ""

        def told(name: str) -> None:
            nonlocal last, read, spent
            took, words = time.monotonic() - last, int(self.page.locator(GOES_ON[step]).first.evaluate(BEFORE))
            print(f"{name:<10} usable after {took:5.1f} s, {words:4} words to read, {self.taps:2} taps so far")  # noqa: T201
            read, spent = read + words, spent + took
            if step == "words":
                time.sleep(PAPER)
            last = time.monotonic()

        self.page.goto(origin, wait_until="commit")
        self.page.locator(WRITE).first.wait_for()
        told("first page")
        self.tap(WRITE)
        while step != "sent":
            self.page.wait_for_function(f"(known) => ({SHOWN})(known[0]) !== known[1] && ({SHOWN})(known[0]) !== ''", arg=[STEPS, step])
            step = str(self.page.evaluate(SHOWN, STEPS))
            if step in READY:
                self.page.wait_for_function(READY[step])
            told(step)
            if step in acts:
                acts[step]()
        print(f"all of it {spent:.1f} s, {read} words, {self.taps} taps")  # noqa: T201


def measure(origin: str) -> None:
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True)
        device = page.context.new_cdp_session(page)
        device.send("Network.enable")
        device.send("Network.emulateNetworkConditions", SLOW_3G)
        device.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        Journey(page).run(origin)
        browser.close()


def main(origin: str = "") -> None:
    parts: Any = nullcontext()
    if not origin:
        from tests.bench.installation import running

        parts = running(worker=False)
    with parts as here:
        measure(origin or here.installation.origin)


if __name__ == "__main__":
    main(*sys.argv[1:2])
