"""`Show the next eight weeks` on every form of the hours: the change is drawn and told, and nothing of it is saved."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from helpline.hours.preview import HoursPreview
from helpline.models import Closure, HolidayChange, OpeningInterval, Organisation, SpecialDay

WEDNESDAY = datetime(2026, 11, 25, 11, tzinfo=UTC)
SHOW = {"_preview": "Show the next eight weeks"}


@pytest.fixture(autouse=True)
def wednesday(settings: Settings, organisation: Organisation) -> Iterator[None]:
    settings.CLOCK_OFFSET = WEDNESDAY - datetime.now(UTC)
    yield
    assert not LogEntry.objects.exists(), "A preview leaves no trace."


def ask(desk: Client, model: str, form: dict[str, str], pk: int | None = None) -> tuple[HoursPreview | None, str]:
    name = f"admin:helpline_{model}_{'add' if pk is None else 'change'}"
    response = desk.post(reverse(name, args=[pk] if pk else []), form | SHOW)
    assert response.status_code == 200
    return response.context.get("outlook"), response.text


def test_a_closed_day_is_told_drawn_and_not_saved(desk: Client) -> None:
    seen, html = ask(desk, "specialday", {"channel": "phone", "date": "2026-12-24", "name": "Christmas Eve", "opens": "", "closes": ""})
    assert seen
    assert seen.changes == ["Phone: closed instead of 9am to 5pm (Christmas Eve) on Thursday 24 December."]
    assert not SpecialDay.objects.exists()
    assert re.search(r'<td class="outlook__day is-closed is-changed">\s*<span class="outlook__date">24</span>', html)
    assert '<ins>Closed</ins> <span class="visually-hidden">instead of</span> <del>9am to 5pm</del>' in " ".join(html.split())
    # What was written stands in the form, ready to be saved or changed.
    assert 'value="Christmas Eve"' in html
    assert "style=" not in html.partition('id="outlook"')[2].partition("</section>")[0]


def test_a_saturday_more_in_the_week_changes_every_saturday(desk: Client) -> None:
    seen, _html = ask(desk, "openinginterval", {"channel": "messages", "weekday": "5", "opens": "10:00", "closes": "12:00"})
    assert seen
    # Boxing Day and the 2nd of January are Saturdays, and holidays: they stay closed.
    assert seen.changes == ["Messages: 10am to midday instead of closed on 6 days from Saturday 28 November to Saturday 16 January."]
    assert not OpeningInterval.objects.filter(weekday=5).exists()


def test_an_hour_less_is_seen_beside_what_stands(desk: Client) -> None:
    friday = OpeningInterval.objects.get(channel="phone", weekday=4)
    form = {"channel": "phone", "weekday": "4", "opens": "09:00", "closes": "16:00"}
    seen, _html = ask(desk, "openinginterval", form, friday.pk)
    assert seen
    assert seen.changes == ["Phone: 9am to 4pm instead of 9am to 5pm on 6 days from Friday 27 November to Friday 15 January."]
    changed = [cell for _monday, week in seen.pictures[0].weeks for cell in week if cell and cell.was]
    assert {(cell.bars[0], cell.was_bars[0]) for cell in changed} == {((540, 420), (540, 480))}
    friday.refresh_from_db()
    assert friday.closes == 1020


def test_a_closure_of_two_hours_leaves_the_rest_of_the_day(desk: Client) -> None:
    form = {"channel": "", "reason": "Training", "starts_at_0": "2026-12-01", "starts_at_1": "11:00"}
    form |= {"ends_at_0": "2026-12-01", "ends_at_1": "13:00"}
    seen, _html = ask(desk, "closure", form)
    assert seen
    hours = "9am to 11am, 1pm to 5pm instead of 9am to 5pm (Training) on Tuesday 1 December."
    assert seen.changes == [f"Phone: {hours}", f"Messages: {hours}"]
    assert not Closure.objects.exists()


def test_a_holiday_taken_away_opens_its_day(desk: Client) -> None:
    seen, _html = ask(desk, "holidaychange", {"date": "2026-11-30", "name": "St Andrew", "observed": ""})
    assert seen
    assert seen.changes == [f"{name}: 9am to 5pm instead of closed on Monday 30 November." for name in ("Phone", "Messages")]
    assert not HolidayChange.objects.exists()


def test_what_lies_later_changes_nothing_yet_and_the_page_says_so(desk: Client) -> None:
    _seen, html = ask(desk, "holidaychange", {"date": "2027-06-15", "name": "Fair", "observed": "on"})
    assert "Nothing changes in the next eight weeks." in html


def test_what_is_wrong_is_told_and_nothing_is_drawn(desk: Client) -> None:
    seen, html = ask(desk, "openinginterval", {"channel": "phone", "weekday": "5", "opens": "17:00", "closes": "09:00"})
    assert seen is None
    assert "Closing must come after opening" in html


def test_the_picture_has_every_day_of_eight_weeks_once(desk: Client) -> None:
    seen, _html = ask(desk, "holidaychange", {"date": "2027-06-15", "name": "Fair", "observed": "on"})
    assert seen
    for picture in seen.pictures:
        days = [cell.day for _monday, week in picture.weeks for cell in week if cell]
        assert days == [date(2026, 11, 25) + timedelta(days=number) for number in range(56)]
        assert all(monday.weekday() == 0 and len(week) == 7 for monday, week in picture.weeks)
        holidays = {cell.day: cell.reason for _monday, week in picture.weeks for cell in week if cell and cell.reason}
        assert holidays[date(2026, 12, 25)] == "Christmas Day"


def test_before_hours_are_deleted_the_page_shows_what_is_left(desk: Client) -> None:
    friday = OpeningInterval.objects.get(channel="phone", weekday=4)
    response = desk.get(reverse("admin:helpline_openinginterval_delete", args=[friday.pk]))
    # Christmas Day and New Year's Day are closed Fridays whatever the week says.
    expected = "Phone: closed instead of 9am to 5pm on 6 days from Friday 27 November to Friday 15 January."
    assert response.context["outlook"].changes == [expected]
    assert OpeningInterval.objects.filter(pk=friday.pk).exists()
