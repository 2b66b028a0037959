"""What each public page costs to load: `python -m tests.bench.page_weight`.

Chromium says which requests a page makes. The proxy compresses what is the same for everybody (styles, scripts, pictures), and
neither pages nor the interface's answers; each is counted as it travels.
"""

import gzip
import os
import shutil
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response, sync_playwright

from tests.bench.installation import running, say, say_where
from tests.parts.browser import ARGUMENTS, PHONE

PAGES = ("/", "/write", "/inbox", "/confidential", "/leaving")
COMPRESSED = "/static/"
LEVEL = 6  # As a proxy compresses while it sends.


def gzipped(body: bytes) -> int:
    return len(gzip.compress(body, LEVEL))


def weigh(browser: Browser, origin: str, path: str) -> None:
    context = browser.new_context(base_url=origin, viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    page.goto(path, wait_until="networkidle")
    sizes = [(urlsplit(answer.url).path, answer.request.resource_type, answer.body()) for answer in answers]
    context.close()
    travels = sum(gzipped(body) if name.startswith(COMPRESSED) else len(body) for name, _, body in sizes)
    whole = sum(gzipped(body) for *_, body in sizes)
    say(path, f"{len(sizes):2} requests, {travels / 1024:6.1f} KB as they travel, {whole / 1024:6.1f} KB were all gzipped")
    for name, kind, body in sizes:
        say(f"    {kind} {name.removeprefix('/static/client/')}", f"{len(body) / 1024:6.1f} KB, {gzipped(body) / 1024:6.1f} KB gzipped")


def main() -> None:
    say_where()
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with running(worker=False) as parts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for path in PAGES:
            weigh(browser, parts.installation.origin, path)
        browser.close()


if __name__ == "__main__":
    main()
