"""The dates, the library's with our corrections, are the published ones, for each nation, 2025 to 2028."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from helpline.calendar import PublicHolidays
from helpline.calendar.public_holidays import UnknownNation, library_holidays
from helpline.hours import wording as hours_wording

PUBLISHED = json.loads((Path(__file__).parent.parent / "data" / "bank-holidays.json").read_text(encoding="utf-8"))
DAYS = [date(2025, 1, 1) + timedelta(days=number) for number in range(4 * 365 + 1)]
NATIONS = ["scotland", "england-and-wales", "northern-ireland"]


@pytest.mark.parametrize("nation", NATIONS)
def test_each_working_day_is_a_holiday_if_and_only_if_it_was_published(nation: str) -> None:
    published = {date.fromisoformat(day) for day in PUBLISHED[nation]}
    found = {day for day in DAYS if PublicHolidays(nation).name(day)}
    assert {day for day in found if day.weekday() < 5} == published


@pytest.mark.parametrize("nation", NATIONS)
def test_a_holiday_on_a_weekend_is_kept_besides_its_published_substitute(nation: str) -> None:
    published = {date.fromisoformat(day): name for day, name in PUBLISHED[nation].items()}
    for day in (day for day in DAYS if day.weekday() >= 5 and PublicHolidays(nation).name(day)):
        substitutes = [name for later, name in published.items() if day < later <= day + timedelta(days=3)]
        assert any("substitute" in name for name in substitutes), day


def test_a_substitute_is_called_one() -> None:
    for nation in NATIONS:
        for day, name in PUBLISHED[nation].items():
            assert ("substitute" in name) == ("substitute" in str(PublicHolidays(nation).name(date.fromisoformat(day)))), day


def test_scotland_has_its_day_off_for_the_world_cup() -> None:
    assert PublicHolidays("scotland").name(date(2026, 6, 15))
    assert not PublicHolidays("england-and-wales").name(date(2026, 6, 15))
    assert not PublicHolidays("northern-ireland").name(date(2026, 6, 15))


def test_no_nation_has_no_holiday() -> None:
    assert not any(PublicHolidays("none").name(day) for day in DAYS)


def test_an_unknown_nation_is_refused_by_name() -> None:
    with pytest.raises(UnknownNation, match="atlantis"):
        PublicHolidays("atlantis")


def named(holiday: str) -> list[str]:
    return [each.partition(" (")[0] for each in holiday.split("; ")]


@pytest.mark.parametrize("nation", NATIONS)
def test_every_holiday_to_come_has_a_name_that_the_pages_can_say_in_each_language(nation: str) -> None:
    first, last = date(2024, 1, 1), date(2036, 12, 31)
    found = {PublicHolidays(nation).name(first + timedelta(days=number)) for number in range((last - first).days + 1)} - {None}
    assert {name for each in found for name in named(str(each))} <= set(hours_wording._HOLIDAYS)


@pytest.mark.parametrize("nation", NATIONS)
def test_a_holiday_of_its_own_has_its_published_name(nation: str) -> None:
    """The yearly ones are called as people say them; one that comes once is called as it was proclaimed."""
    yearly = {name for year in (2027, 2028, 2029) for each in library_holidays(nation, year).values() for name in named(each)}
    for day, published in PUBLISHED[nation].items():
        [*ours] = named(str(PublicHolidays(nation).name(date.fromisoformat(day))))
        assert set(ours) <= yearly or [name.lower() for name in ours] == [published.lower()], day
