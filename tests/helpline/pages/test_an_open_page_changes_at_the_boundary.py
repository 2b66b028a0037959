"""Nobody reloads: the bar, the first page's cards and `/when` change by themselves when the hours do, and together."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from helpline.calendar import Hours
from helpline.hours.set_week import set_opening_week
from helpline.models import Account, Closure, Counsellor, Organisation, Shift
from messaging.keys.registry import make_desk_member
from tests.parts.axe import violations
from tests.parts.browser import DESKTOP, PHONE, Visitor
from tests.parts.web import WebServer
from tests.world.able import give_keys, seen


@pytest.fixture
def always_there(helpline: Organisation, web_server: WebServer) -> datetime:
    """Open day and night, on holidays too, and staffed; returns the instant."""
    at = datetime.now(UTC)
    Organisation.objects.update(nation="none")
    for number, channel in enumerate(("phone", "messages")):
        set_opening_week(channel=channel, week={weekday: [Hours(0, 1440)] for weekday in range(7)})
        account = Account.objects.create(email=f"{number}@helpline.example", name=str(number))
        member = make_desk_member(Counsellor.objects.create(account=account, display_name=str(number)))
        give_keys(member)
        given = {"counsellor": member.counsellor, "channel": channel}
        seen(Shift.objects.create(starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=4), **given))
    return at


def state(page: Page, selector: str) -> str | None:
    return page.locator(selector).get_attribute("data-state")


def test_what_is_closed_opens_on_every_page_that_is_open(always_there: datetime, visit: Callable[..., Visitor]) -> None:
    fault = Closure.objects.create(starts_at=always_there - timedelta(hours=1), ends_at=always_there + timedelta(minutes=5), reason="Fault")
    person = visit("the person", size=PHONE)
    home = person.page
    leaving, when = person.context.new_page(), person.context.new_page()
    # The pages have to be there before the boundary is near: only then is it said when it comes.
    boundary = datetime.now(UTC) + timedelta(seconds=8)
    Closure.objects.filter(pk=fault.pk).update(ends_at=boundary)
    for page, path in ((home, "/"), (leaving, "/leaving"), (when, "/when")):
        page.goto(path)
    loaded = datetime.now(UTC) < boundary
    if loaded:
        assert state(home, "#phone") == state(leaving, ".hours [data-channel=phone]") == "closed"
        assert state(when, "[data-channel=messages]") == "closed"
        expect(leaving.get_by_role("link", name="Phone hours")).to_be_visible()
    for page in (home, leaving, when):
        page.bring_to_front()
        expect(page.locator("[data-state=open]")).to_have_count(2, timeout=60_000)
        expect(page.locator("[data-state=closed]")).to_have_count(0)
    expect(home.locator("#phone [data-said=headline]")).to_contain_text("Open now")
    expect(home.get_by_role("link", name="Call 0800 000 0000")).to_be_visible()
    expect(leaving.locator(".hours").get_by_role("link", name="Call 0800 000 0000")).to_be_visible()
    expect(leaving.get_by_role("link", name="Phone hours")).to_be_hidden()
    for page in (home, leaving, when):
        assert violations(page) == []
    person.screenshot("hours-opened-by-themselves")


def test_words_that_cannot_be_asked_for_are_taken_away(always_there: datetime, visit: Callable[..., Visitor]) -> None:
    Closure.objects.create(starts_at=always_there + timedelta(seconds=50), ends_at=always_there + timedelta(hours=1), reason="Fault")
    person = visit("the person", size=DESKTOP)
    person.expects("Failed to load resource")
    person.context.route("**/hours", _refused)
    page = person.page
    page.goto("/leaving")
    bar = page.locator(".hours")
    expect(bar.locator("[data-state=unknown]")).to_have_count(2)
    expect(bar.get_by_text("We cannot tell right now")).to_have_count(2)
    expect(bar.get_by_role("link", name="Phone hours")).to_be_visible()
    assert violations(page) == []


def _refused(route: Route) -> None:
    route.abort()


@pytest.mark.parametrize("size", [(320, 640), pytest.param(DESKTOP, marks=pytest.mark.night("by day on the smallest phone"))])
def test_with_a_long_reason_the_bar_fits_the_smallest_phone(
    always_there: datetime, visit: Callable[..., Visitor], size: tuple[int, int]
) -> None:
    Closure.objects.create(starts_at=always_there, ends_at=always_there + timedelta(days=9), reason="R" * 120)
    person = visit("the person", size=size, color_scheme="dark")
    for path in ("/leaving", "/when", "/"):
        person.page.goto(path)
        assert person.page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        assert violations(person.page) == [], path
