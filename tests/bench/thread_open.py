"""How long a thread of 200 messages takes to open in Chromium, and a first message to seal: `python -m tests.bench.thread_open [SLOWER]`.

With 8 people and with 64 on the roster, each with a tag of their own. SLOWER is how many times slower the processor is made, 1 when it is
left out: an old telephone's is about 6.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

os.environ.setdefault("HELPLINE_MODE", "offline")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(slower: float) -> None:
    from tests.messaging.client.node import page_folder, result_of, served

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_folder(Path(folder), "bench_page.ts")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(Path(folder)) as address:
            numbers = result_of(browser, address, slower=slower)
        browser.close()
    for name, times in numbers.items():
        print(f"{name:<34}{times['first']:10.1f} ms the first time, {times['median']:8.1f} ms in the median")  # noqa: T201


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1)
