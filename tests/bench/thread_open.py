"""How long a thread of 200 messages takes to open in Chromium: `python -m tests.bench.thread_open` prints it."""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

os.environ.setdefault("HELPLINE_MODE", "offline")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main() -> None:
    from tests.messaging.client.node import page_folder, result_of, served

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_folder(Path(folder), "bench_page.ts")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(Path(folder)) as address:
            numbers = result_of(browser, address)
        browser.close()
    print(f"{'the answer':<28}{numbers.pop('the answer in bytes') / 1024:10.0f} KB of JSON, 200 messages in one epoch")  # noqa: T201
    for name, times in numbers.items():
        print(f"{name:<28}{times['first']:10.1f} ms the first time, {times['median']:8.1f} ms in the median")  # noqa: T201


if __name__ == "__main__":
    main()
