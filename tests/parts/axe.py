"""axe-core on a page as it stands; in a world of its own, so that the page's own policy stays in force and untouched."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Error, Page

from tests.parts.costs import TALLY
from tests.parts.environment import REPOSITORY
from tests.parts.examples import by_night

SOURCE = REPOSITORY / "messaging" / "client" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What a dark ground, forced colours or another width can break in a page whose markup holds.
COLOURS = ("color-contrast", "link-in-text-block")
SIZES = ("target-size", "scrollable-region-focusable")
# Half of a look. By day each page is looked at so where every address is (tests/parts/lights.py), and its other states are not.
SLOWEST = ("color-contrast",)
# Where it stands in each page, unless another document has come since.
STANDING: "WeakKeyDictionary[Page, Axe]" = WeakKeyDictionary()


@cache
def _source() -> str:
    if not SOURCE.exists():
        raise FileNotFoundError(f"{SOURCE.relative_to(REPOSITORY)} is missing: run manage.py build_client.")
    return SOURCE.read_text()


@dataclass(frozen=True)
class Axe:
    """axe-core in one document."""

    session: CDPSession
    world: int

    def look(self, rules: Sequence[str] = RULES, *, without: Sequence[str] = ()) -> list[str]:
        """One line a violation of these rules or kinds of rules, without some: its rule, what it says, and the elements."""
        TALLY["looks"] += 1
        left_out = json.dumps({rule: {"enabled": False} for rule in without})
        options = f"{{runOnly: {list(rules)!r}, resultTypes: ['violations'], rules: {left_out}}}"
        node = "node => `${node.target.join(' ')} ${node.html} ${node.any[0]?.message ?? ''}`"
        line = f"rule => `${{rule.id}}: ${{rule.help}}: ${{rule.nodes.map({node}).join(' | ')}}`"
        ask = f"axe.run(document, {options}).then(found => JSON.stringify(found.violations.map({line})))"
        # What stays at the top covers whatever has been scrolled beneath it, and axe would call that too small to touch.
        found: list[str] = json.loads(self.evaluate(f"scrollTo(0, 0);\n{ask}"))
        return found

    def evaluate(self, expression: str) -> str:
        answer = self.session.send(
            "Runtime.evaluate", {"expression": expression, "contextId": self.world, "awaitPromise": True, "returnByValue": True}
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(f"axe could not run: {answer['exceptionDetails']}")
        return str(answer["result"].get("value", ""))

    def stands(self) -> bool:
        """Whether it can still look: not once another document has come, or the page has gone."""
        try:
            return self.evaluate("typeof axe") == "object"
        except (Error, RuntimeError):
            return False


def axe_in(page: Page) -> Axe:
    """In a document its source is read once, however often it looks: to read it takes as long as to look."""
    if (before := STANDING.get(page)) and before.stands():
        return before
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})["executionContextId"]
    axe = Axe(session, world)
    axe.evaluate(f"{_source()};\n''")
    STANDING[page] = axe
    return axe


def violations(page: Page) -> list[str]:
    """What does not hold of WCAG 2.2 AA and of axe's best practice; by day the contrast of colours is left out."""
    return axe_in(page).look(without=() if by_night() else SLOWEST)


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA or of axe's best practice."""
    found = violations(page)
    assert not found, f"{page.url}:\n" + "\n".join(found)
