"""What wraps cost in Chromium: `python -m tests.bench.wraps [SLOWER]`.

Each is made as any library does and as Wrap does; then a thread and desks are opened, which make wraps anew and compare them.
SLOWER is how many times slower the processor is made, 1 when it is left out: an old telephone's is about 6.
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
        page_folder(Path(folder), "wraps_bench_page.ts")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(Path(folder)) as address:
            numbers = result_of(browser, address, slower=slower)
        browser.close()
    for name, median in numbers.items():
        print(f"{name:<40}{median:9.1f} ms in the median")  # noqa: T201


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1)
