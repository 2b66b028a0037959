"""Every warning that the protocol knows, as the specification names it, and the words that the pages have for it."""

import json
import re
import subprocess
from functools import cache

from messaging.release.build import CLIENT, install, node_path
from tests.parts.specification import PAGES

Words = dict[str, dict[str, str]]
TABLES = {
    "threads": ("threads.md", "| warning | when |"),
    "notes": ("notes.md", "| warning | when |"),
    "troubles": ("desk.md", "| trouble | when |"),
    "waiting": ("desk.md", "| trouble | when |"),
}


def named(where: str) -> set[str]:
    """The names in one table of the specification."""
    name, head = TABLES[where]
    text = _page(name)
    # Of two tables of the desk's the second is about what waits.
    table = (text.partition("*What waits.*")[2] if where == "waiting" else text).partition(head)[2].partition("\n\n")[0]
    return set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE))


def _page(name: str) -> str:
    return next(page for page in PAGES if page.name == name).read_text(encoding="utf-8")


@cache
def page_words() -> Words:
    """`mine` and `theirs` to the person, about what they wrote and about a reply; all others to counsellors."""
    install()
    script = CLIENT / "tests" / "parts" / "warning_words.ts"
    done = subprocess.run([node_path(), script], capture_output=True, text=True, check=False, cwd=CLIENT)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))
