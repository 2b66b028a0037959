"""A server that alters HTML alone, and speaks under a root of its own: the page is not fooled, and `verify_site` says what is wrong."""

import json
import re
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from messaging.protocol.encoding import encode
from messaging.protocol.wire.releases import EPOCH
from tests.journeys.demonstration import Demonstration, run
from tests.journeys.lying import Liar, lying
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.world.peers import Installation
from tests.world.steps import PATIENCE

pytestmark = pytest.mark.browser
READERS = "counsellors at this helpline: Callum, Iona, Moira and Priya. Nobody else."
NOBODY_CHECKED = "We could not make sure who would read your message. Do not write now."


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, client_build: Path) -> Generator[Demonstration]:
    with Demonstration(tmp_path_factory.mktemp("lied-about") / "demo") as running:
        yield running


def attribute(name: str, value: str) -> Liar:
    """In the page's first tag: the honest attribute of that name is gone, if there was one."""
    return Liar(lambda html: re.sub(r"<html", f'<html {name}="{value}"', re.sub(rf' {name}="[^"]*"', "", html), count=1))


def other_root() -> Liar:
    """Counsellors of the same names, certified by a root that the server has made itself."""
    today = (datetime.now(UTC).date() - EPOCH).days
    evil = Installation(today=today)
    for name in ("Moira", "Callum", "Priya", "Iona"):
        evil.join(name, key_holder=name == "Moira", first_day=today - 30, last_day=today + 69)
    evil.next_epoch("Moira", list(evil.members))
    return Liar(attribute("data-root", encode(evil.site.root)).html, {"/api/v1/desk": evil.desk_answer()})


def other_words() -> Liar:
    """What the page would say of who can read, in the server's words."""
    said = {"{count} counsellors at this helpline: {names}. Nobody else.": "Nobody at all can read this."}
    block = f'<script id="sentences" type="application/json">{json.dumps(said)}</script>'
    return Liar(lambda html: html.replace("</head>", f"{block}</head>", 1))


def other_clock() -> Liar:
    """So late that the desk's true epoch is over: what was once a desk's would be current at another hour."""
    return attribute("data-clock-offset", str(720 * 86_400))


def hidden_place() -> Liar:
    """Another element, which nobody sees, has the name of the page's own place."""
    return Liar(lambda html: html.replace("<main", '<div id="main" hidden></div><main', 1))


def verified(demo: Demonstration, origin: str) -> tuple[int, str]:
    found = run("verify_site", origin, f"--root-public={encode((demo.data / 'root.public').read_bytes())}")
    return found.returncode, found.stderr


def test_what_is_passed_on_as_it_is_is_good(demo: Demonstration, visit: Visit) -> None:
    with lying(demo.origin, Liar()) as origin:
        person = visit("the person", origin=origin)
        person.page.goto("/write")
        expect(person.page.locator("#readers")).to_contain_text(READERS, timeout=PATIENCE)
        expect(person.page.locator("#agree")).to_be_visible()
        assert verified(demo, origin) == (0, "")


def test_another_root_is_not_believed(demo: Demonstration, visit: Visit) -> None:
    with lying(demo.origin, other_root()) as origin:
        person = visit("the person", origin=origin)
        person.page.goto("/write")
        expect(person.page.locator("#trouble")).to_contain_text(NOBODY_CHECKED, timeout=PATIENCE)
        expect(person.page.locator("#agree")).to_be_hidden()
        code, said = verified(demo, origin)
    assert code == 1
    assert "The page /write has the attribute data-root in a <html>, which no honest page has." in said
    assert "The desk's key (/api/v1/desk) is not this root's: the people who would read what is written are not its counsellors." in said


@pytest.mark.night("by day another root, a device before the release, and a warning that nobody could see")
def test_the_servers_words_are_not_the_pages(demo: Demonstration, visit: Visit) -> None:
    with lying(demo.origin, other_words()) as origin:
        person = visit("the person", origin=origin)
        person.page.goto("/write")
        expect(person.page.locator("#readers")).to_contain_text(READERS, timeout=PATIENCE)
        code, said = verified(demo, origin)
    assert code == 1
    assert "The page /write has data for scripts inside it (application/json)." in said


@pytest.mark.night("by day another root, a device before the release, and a warning that nobody could see")
def test_the_clock_is_the_devices_own(demo: Demonstration, visit: Visit) -> None:
    with lying(demo.origin, other_clock()) as origin:
        person = visit("the person", origin=origin)
        person.page.goto("/write")
        expect(person.page.locator("#readers")).to_contain_text(READERS, timeout=PATIENCE)
        code, said = verified(demo, origin)
    assert code == 1
    assert "The page /write has the attribute data-clock-offset in a <html>, which no honest page has." in said


@pytest.mark.night("by day a warning that nobody could see takes the place of the page in the same way")
def test_a_page_with_two_places_of_one_name_is_told_to_be_altered(demo: Demonstration, visit: Visit) -> None:
    with lying(demo.origin, hidden_place()) as origin:
        person = visit("the person", origin=origin)
        person.page.goto("/write")
        expect(person.page.get_by_role("alert")).to_contain_text("This page was changed on its way to you", timeout=PATIENCE)
        expect(person.page.locator("#agree")).to_be_hidden()
        code, said = verified(demo, origin)
    assert code == 1
    assert "The page /write has two elements with the id main." in said


def test_a_device_that_stands_before_the_release_seals_nothing(demo: Demonstration, visit: Visit) -> None:
    # The desk's epoch began a week ago: it is the release, of today, that cannot be served three days ago.
    person = visit("the person", origin=demo.origin)
    person.context.clock.set_fixed_time(datetime.now(UTC) - timedelta(days=3))
    person.page.goto("/write")
    expect(person.page.locator("#trouble")).to_contain_text("Your device says that the date is", timeout=PATIENCE)
    expect(person.page.locator("#agree")).to_be_hidden()


def test_a_warning_that_nobody_could_see_takes_the_pages_place(demo: Demonstration, visit: Visit) -> None:
    """The place of the warning is made so small that it cannot be read, by a class of the site's own style."""
    liar = other_root()
    hidden = Liar(lambda html: liar.html(html).replace('id="trouble"', 'id="trouble" class="govuk-visually-hidden"'), liar.answers)
    with lying(demo.origin, hidden) as origin:
        person = visit("the person", origin=origin)
        person.page.goto("/write")
        expect(person.page.get_by_role("alert")).to_contain_text("This page was changed on its way to you", timeout=PATIENCE)
        expect(person.page.get_by_role("link", name="Exit this page")).to_be_visible()
        assert_accessible(person.page)
