"""What each public page costs to load: `python -m tests.bench.page_weight`.

Chromium says which requests a page makes. The proxy compresses what is the same for everybody (styles, scripts) and not the page itself;
both are counted as they travel.
"""

import gzip
import os
import shutil
from urllib.parse import urlsplit

from playwright.sync_api import Response, sync_playwright

from tests.bench.installation import Running, running, say, say_where
from tests.parts.browser import ARGUMENTS, PHONE

PAGES = ("/", "/write", "/inbox", "/confidential", "/leaving")
LEVEL = 6  # As a proxy compresses while it sends.


def weigh(parts: Running) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for path in PAGES:
            context = browser.new_context(base_url=parts.installation.origin, viewport={"width": PHONE[0], "height": PHONE[1]})
            page = context.new_page()
            answers: list[Response] = []
            page.on("response", lambda answer, answers=answers: answers.append(answer))  # type: ignore[misc]  # noqa: PLW0108 - Playwright cannot mark a built-in
            page.goto(path, wait_until="networkidle")
            sizes = {urlsplit(answer.url).path: (answer.body(), answer.request.resource_type) for answer in answers}
            travels = sum(len(body) if kind == "document" else len(gzip.compress(body, LEVEL)) for body, kind in sizes.values())
            packed = sum(len(gzip.compress(body, LEVEL)) for body, _ in sizes.values())
            say(path, f"{len(answers):2} requests, {travels / 1024:6.1f} KB as they travel, {packed / 1024:6.1f} KB all gzipped")
            for name, (body, kind) in sizes.items():
                say(
                    f"    {name.removeprefix('/static/client/')} ({kind})",
                    f"{len(body) / 1024:6.1f} KB, {len(gzip.compress(body, LEVEL)) / 1024:6.1f} KB gzipped",
                )
            context.close()
        browser.close()


def main() -> None:
    say_where()
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with running(worker=False) as parts:
        weigh(parts)


if __name__ == "__main__":
    main()
