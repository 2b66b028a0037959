"""The operator's page with a line in each state, wide and narrow, in light, dark and forced colours: nothing for axe, nothing cut off."""

import pytest

from helpline.clock import now
from helpline.models import Shift
from messaging.models import Certificate
from messaging.protocol.days import day_of
from tests.parts.axe import violations
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import sign_in
from tests.world.staff import People

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
LIGHTS = {"light": ("light", "none"), "dark": ("dark", "none"), "forced": ("light", "active")}
STATES = ("fine", "look", "act")
EDGE = "getComputedStyle(document.querySelector('.desk-status__line--{}')).borderInlineStartColor"


@pytest.mark.night("by day axe looks at it among all pages of the desk, in the dark too")
def test_the_status_page_can_be_read_in_every_light(people: People, web_server: WebServer, visit: Visit) -> None:
    Shift.objects.all().delete()
    Certificate.objects.update(last_day=day_of(now()) + 20)
    visitor = visit("Alex", size=DESKTOP)
    page = visitor.page
    sign_in(page, people.admin, "/desk/status/")
    edges: dict[str, list[str]] = {}
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        for name, (scheme, forced) in LIGHTS.items():
            page.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]
            assert violations(page) == [], (width, name)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            edges[name] = [page.evaluate(EDGE.format(state)) for state in STATES]
            visitor.screenshot(f"status-{width}-{name}")
    # The colours are the design's: each state has its own, and another one in the dark; forced, they are the reader's.
    assert len({*edges["light"], *edges["dark"]}) == 6
    assert len(set(edges["forced"])) == 1
