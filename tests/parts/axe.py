"""axe-core on a page as it stands; in a world of its own, so that the page's own policy stays in force and untouched."""

import json
from functools import cache

from playwright.sync_api import Page

from tests.parts.environment import REPOSITORY

SOURCE = REPOSITORY / "messaging" / "client" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    if not SOURCE.exists():
        raise FileNotFoundError(f"{SOURCE.relative_to(REPOSITORY)} is missing: run manage.py build_client.")
    return SOURCE.read_text()


def violations(page: Page) -> list[str]:
    """One line a violation: its rule, what it says, and the elements."""
    session = page.context.new_cdp_session(page)
    try:
        frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})["executionContextId"]
        ask = f"axe.run(document, {{runOnly: {RULES!r}, resultTypes: ['violations']}}).then(found => JSON.stringify(found.violations.map("
        ask += "rule => `${rule.id}: ${rule.help}: ${rule.nodes.map(node => node.target.join(' ') + ' ' + node.html).join(' | ')}`)))"
        # What stays at the top covers whatever has been scrolled beneath it, and axe would call that too small to touch.
        expression = f"{_source()};\nscrollTo(0, 0);\n{ask}"
        answer = session.send(
            "Runtime.evaluate", {"expression": expression, "contextId": world, "awaitPromise": True, "returnByValue": True}
        )
    finally:
        session.detach()
    if "exceptionDetails" in answer:
        raise RuntimeError(f"axe could not run: {answer['exceptionDetails']}")
    found: list[str] = json.loads(answer["result"]["value"])
    return found


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA or of axe's best practice."""
    found = violations(page)
    assert not found, f"{page.url}:\n" + "\n".join(found)
