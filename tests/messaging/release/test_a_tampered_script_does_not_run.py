"""In Chromium: of an altered script, one without a hash and one inside the page not a line runs; the signed ones run."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.messaging.release.tampering import Served, answer, serving
from tests.parts.browser import Visit

pytestmark = pytest.mark.browser
MARK = b";document.documentElement.dataset.tampered='yes';"
# With no hash that the page names, but from the site itself, which the policy lets in: Integrity-Policy alone stops it.
MORE = '<script src="/more.js"></script><script>' + MARK.decode() + "</script></head>"


def test_neither_an_altered_script_nor_an_added_one_runs(client_build: Path, visit: Visit) -> None:
    served = Served(client_build)
    script = served.path_of("site-", ".js")
    served.answers["/more.js"] = answer("/static/more.js", "text/javascript", MARK)
    honest = served.answers[script].body
    served.answers[script].body = MARK + honest
    served.answers["/write"].swap("</head>", MORE)
    with serving(served) as origin:
        person = visit("the person", origin=origin)
        person.expects(r"integrity|Integrity|Content Security Policy|404")
        person.page.goto("/write")
        assert person.page.locator("html").get_attribute("data-tampered") is None
        blocked = "\n".join(person.said)
        assert f"{origin}{script}" in blocked
        assert "inline script" in blocked
        # Where Integrity-Policy is missing, the added one runs: it is the header that held it.
        served.answers["/write"].set("Integrity-Policy", None)
        person.page.goto("/write")
        expect(person.page.locator("html")).to_have_attribute("data-tampered", "yes")
