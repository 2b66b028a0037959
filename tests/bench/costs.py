"""What the protocol costs, beside another version's tree: `python -m tests.bench.costs [--beside FOLDER]`.

In Chromium, also with a processor made six times slower, as an old telephone's: sealing a first message, opening a message and its reply,
opening a thread of 200. No passphrase is derived in any of them. Then the first message's bytes, the server's CPU for each that it accepts,
and what the person's and the desk's scripts weigh.

FOLDER is another checkout with a tests/bench/costs.py of its own; both are measured in turn, twice, and of times the lower counts.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.accepted_a_second import CONNECTIONS, PROCESSES, WARM, bodies
from tests.bench.apart import apart
from tests.bench.clients import posting
from tests.bench.installation import cpu_of, running, say, say_where

MESSAGES, TIMES = 1_000, 2
SLOWER = (1, 6)
BROWSER = "costs_page.ts"
# The last three are of their own since 0.2.0; before, the first had Argon2id in it, and nothing stood in for anything.
SCRIPTS = ("person.js", "desk.js", "argon2.js", "stand-ins.js", "opened.js")
Numbers = dict[str, float]


def in_chromium() -> Numbers:
    """Milliseconds, each the median of several."""
    from tests.messaging.client.node import page_folder, result_of, served

    found: Numbers = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_folder(Path(folder), BROWSER)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(Path(folder)) as address:
            for slower in SLOWER:
                for name, median in result_of(browser, address, slower=slower).items():
                    found[f"{name}, ms" + (f", {slower} times slower" if slower > 1 else "")] = median
        browser.close()
    return found


def on_the_server() -> Numbers:
    """Bytes, and milliseconds of CPU a message."""
    with running(worker=False, web_workers=PROCESSES) as parts:
        post = partial(posting, parts.installation.web_port)
        apart(post, bodies(parts, WARM), processes=PROCESSES, connections=CONNECTIONS)
        messages = bodies(parts, MESSAGES)
        before = cpu_of([parts.web.pid]), cpu_of([parts.postgres.pid])
        apart(post, messages, processes=PROCESSES, connections=CONNECTIONS)
        after = cpu_of([parts.web.pid]), cpu_of([parts.postgres.pid])
        web, database = ((spent - first) / MESSAGES * 1000 for spent, first in zip(after, before, strict=True))
        return {
            "the first message as it travels, bytes": len(messages[0]),
            "CPU of an accepted message, web process, ms": web,
            "CPU of an accepted message, Postgres, ms": database,
        } | scripts()


def scripts() -> Numbers:
    """KB, gzipped as a proxy does."""
    from django.conf import settings

    built = Path(settings.CLIENT_BUILD)
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    files = {name: (built / manifest[name]["file"]).read_bytes() for name in SCRIPTS if name in manifest}
    return {f"{name} gzipped, KB": len(gzip.compress(content, 6)) / 1024 for name, content in files.items()}


def of_this_tree() -> Numbers:
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    server = on_the_server()
    return in_chromium() | server


def of_tree(folder: Path) -> Numbers:
    """In a process of its own, with that tree's own packages."""
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    command = ["uv", "run", "python", "-m", "tests.bench.costs", "--json"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    numbers: Numbers = json.loads(done.stdout.splitlines()[-1])
    return numbers


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if chosen.json:
        print(json.dumps(of_this_tree()))  # noqa: T201
        return
    say_where()
    here = Path(__file__).resolve().parents[2]
    trees = [chosen.beside, here] if chosen.beside else [here]
    found: list[Numbers] = [{} for _ in trees]
    for _ in range(TIMES):
        for numbers, tree in zip(found, trees, strict=True):
            for name, value in of_tree(tree).items():
                numbers[name] = min(value, numbers.get(name, value))
    for name in found[-1]:
        say(name, "  ".join(f"{numbers[name]:10.1f}" if name in numbers else " " * 10 for numbers in found))


if __name__ == "__main__":
    main()
