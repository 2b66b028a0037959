"""A date that is wrong, or too little memory, is the device's own trouble: the page says so, and does not accuse the helpline's server."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import ARGUMENTS, Visit
from tests.parts.environment import Installation
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writer(people: People) -> Writer:
    return Writer(people).first("I am worried")


def said_of(day: datetime) -> str:
    """No longer sentence: a weekday and a month as the page writes them."""
    return f"Your device says that the date is {day:%A} {day.day} {day:%B} {day.year}. If that is wrong, correct it and"


@pytest.mark.parametrize("days", [40, *(pytest.param(days, marks=pytest.mark.night("by day one date")) for days in (-400, -40, 400))])
def test_a_device_with_another_date_is_told_which(writer: Writer, web_server: WebServer, visit: Visit, days: int) -> None:
    # At noon, so that the day is the same in London and in UTC.
    there = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)
    person = visit("the person")
    person.context.clock.set_fixed_time(there)
    person.page.goto("/write")
    expect(person.page.locator("#trouble")).to_contain_text(f"{said_of(there)} try again.", timeout=PATIENCE)
    expect(person.page.locator("#agree")).to_be_hidden()
    assert_accessible(person.page)
    if days == 40:
        open_inbox(person.page, writer.words)
        expect(person.page.locator("#thread-readers")).to_contain_text(f"{said_of(there)} check again.", timeout=PATIENCE)


def test_too_little_memory_for_the_key_is_said_where_one_reads(
    writer: Writer, web_server: WebServer, chromium: Browser, installation: Installation
) -> None:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    # 45 MB: Argon2id asks for 64.
    small = chromium.browser_type.launch(executable_path=path, args=[*ARGUMENTS, "--js-flags=--wasm-max-mem-pages=700"])
    try:
        page = small.new_page(base_url=installation.origin)
        page.goto("/inbox")
        page.locator("#open-words").fill(" ".join(writer.words))
        page.locator("#open-form").get_by_role("button", name="Open").click()
        said = "Your browser could not make the key. Close your other pages and try again."
        expect(page.get_by_role("alert")).to_contain_text(said, timeout=PATIENCE)
    finally:
        small.close()
