"""How every warning is looked at once it stands on a page."""

from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visitor


def looked_at(visitor: Visitor, name: str) -> None:
    """On a phone by axe too, and at a desk."""
    assert_accessible(visitor.page)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    visitor.screenshot(f"{name}-390")
    visitor.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    visitor.screenshot(f"{name}-1280")
    visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
