"""The rota's pages in Chromium, wide and narrow, without a script: no axe violation, by keyboard alone, and one sheet of paper."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from helpline.models import Absence, Account, Counsellor, Shift, ShiftOffer
from tests.helpline.rota.pages.staff import Staff, at_noon, shift_of
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.lights import EACH, found_here
from tests.parts.web import WebServer
from tests.world.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
A4_LANDSCAPE = (841.9, 595.0)


def _busy(staff: Staff) -> Shift:
    """Shifts, drafts, an absence, a swap that waits, and short rest."""
    ailsa, lead, other = (person.counsellor for person in (staff.counsellor, staff.lead, staff.other))
    shift_of(ailsa, 1)
    shift_of(lead, 1, channel="phone")
    shift_of(other, 1, channel="phone", state="draft")
    start = at_noon(1) + timedelta(hours=10)
    Shift.objects.create(counsellor=ailsa, channel="messages", starts_at=start, ends_at=start + timedelta(hours=2))
    offered = shift_of(other, 3)
    now = at_noon(0)
    ShiftOffer.objects.create(kind="swap", state="accepted", shift=offered, asked_by=other, accepted_by=ailsa, asked_at=now, changed_at=now)
    ShiftOffer.objects.create(kind="cover", shift=shift_of(other, 4), asked_by=other, asked_at=now, changed_at=now)
    Absence.objects.create(counsellor=lead, starts_at=at_noon(1), ends_at=at_noon(2))
    return offered


def test_every_page_can_be_used_by_everybody(staff: Staff, web_server: WebServer, visit: Visit) -> None:
    """Full ones, and what stands behind a button; every address as such is looked at with the rest of the desk's."""
    _busy(staff)
    visitor = visit("Bhavna, the lead", size=PHONE)
    page = visitor.page
    sign_in(page, staff.lead, "/desk/rota/")
    week = f"?week={at_noon(1).date()}"
    for address in ("swaps/", week):
        page.goto(f"/desk/rota/{address}")
        assert found_here(page) == []
    page.get_by_role("link", name=re.compile("12:00")).and_(page.locator(":visible")).first.click()
    assert found_here(page, EACH) == []
    page.goto("/desk/rota/shifts/add/")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-focus-first]")).to_be_focused()
    assert found_here(page, EACH) == []
    page.goto("/desk/rota/gaps/")
    # The last: before the next one, late in the evening, nobody who is on duty now could rest for eleven hours.
    page.get_by_role("link", name=re.compile("Who could take")).last.click()
    assert found_here(page, EACH) == []
    page.get_by_role("link", name=re.compile("Put .* on this shift")).first.click()
    assert found_here(page, EACH) == []
    page.goto(f"/desk/rota/{week}")
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_role("button", name="Publish anyway")).to_be_visible()
    assert found_here(page, EACH) == []
    page.goto("/desk/rota/mine/")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_text(re.compile(r"/rota/[\w-]{43}\.ics"))).to_be_visible()
    assert found_here(page, EACH) == []


def test_a_shift_is_added_by_keyboard_alone_and_without_a_script(staff: Staff, web_server: WebServer, visit: Visit) -> None:
    """Signed in with a script, as sign-in needs none either; then the pages of the rota without one."""
    before = Shift.objects.count()
    visitor = visit("Bhavna, the lead", size=DESKTOP, java_script_enabled=False)
    page = visitor.page
    sign_in(page, staff.lead, "/desk/rota/")
    page.goto(f"/desk/rota/?week={at_noon(5).date()}")
    _tab_to(page, f"Add a shift for Ailsa on {at_noon(5):%A} {at_noon(5).day} {at_noon(5):%B}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Add a shift")).to_be_visible()
    page.get_by_label("Starts").fill("09:00")
    page.get_by_label("Ends").fill("11:00")
    page.get_by_label("Ends").press("Enter")
    expect(page.get_by_text("is a draft")).to_be_visible()
    assert Shift.objects.count() == before + 1


def _tab_to(page: Page, name: str) -> None:
    target = page.get_by_role("link", name=name)
    for _ in range(120):
        page.keyboard.press("Tab")
        if target.and_(page.locator(":focus")).count():
            return
    pytest.fail(f"The keyboard does not reach {name!r}.")


@pytest.mark.night("by day on the screen")
def test_a_week_of_thirty_people_prints_on_one_sheet(staff: Staff, web_server: WebServer, visit: Visit, tmp_path: Path) -> None:
    _busy(staff)
    accounts = Account.objects.bulk_create(Account(email=f"c{number}@helpline.example", name=f"C{number}") for number in range(27))
    people = Counsellor.objects.bulk_create(Counsellor(account=account, display_name=f"Counsellor {account.name}") for account in accounts)
    start = at_noon(8 - at_noon(1).weekday())
    Shift.objects.bulk_create(
        Shift(counsellor=person, channel="messages", starts_at=begins, ends_at=begins + timedelta(hours=4))
        for person in people
        for day in range(5)
        for begins in (start + timedelta(days=day, hours=-4), start + timedelta(days=day))
    )
    visitor = visit("Bhavna, the lead", size=DESKTOP)
    sign_in(visitor.page, staff.lead, "/desk/rota/")
    visitor.page.goto(f"/desk/rota/?week={start.date()}")
    made = visitor.page.pdf(prefer_css_page_size=True)
    (tmp_path / "rota.pdf").write_bytes(made)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made)
    assert [(round(float(width)), round(float(height))) for width, height in boxes] == [tuple(round(side) for side in A4_LANDSCAPE)]


@pytest.mark.night("by day swaps are asked for and accepted without a browser")
def test_a_day_of_swaps_in_three_browsers(staff: Staff, web_server: WebServer, visit: Visit) -> None:
    shift = shift_of(staff.counsellor.counsellor, 3)
    ailsa, connor, lead = (visit(name, size=PHONE) for name in ("Ailsa", "Connor", "Bhavna, the lead"))
    for visitor, person in ((ailsa, staff.counsellor), (connor, staff.other), (lead, staff.lead)):
        sign_in(visitor.page, person, "/desk/rota/mine/")
    ailsa.page.get_by_role("link", name=re.compile("^Swap")).last.click()
    ailsa.page.get_by_label("Who do you want to ask?").select_option(label="Connor")
    ailsa.page.get_by_role("button", name="Ask").click()
    expect(ailsa.page.get_by_text("You have asked Connor.")).to_be_visible()
    connor.page.reload()
    connor.page.get_by_role("button", name=re.compile("^Accept")).click()
    expect(connor.page.get_by_text("Accepted.")).to_be_visible()
    lead.page.goto("/desk/rota/swaps/")
    lead.page.get_by_role("button", name=re.compile("^Approve")).click()
    expect(lead.page.get_by_text("Connor has the shift now.")).to_be_visible()
    assert Shift.objects.get(pk=shift.pk).counsellor == staff.other.counsellor
