"""Where the library of holidays is wrong or late, a line in a file makes it right, and a line that is no longer needed is found."""

import json
from datetime import date
from pathlib import Path

import pytest

from helpline.calendar.public_holidays import CORRECTIONS, SUBDIVISIONS, corrected_holidays, holiday_corrections, library_holidays

PUBLISHED = json.loads((Path(__file__).parent.parent / "data" / "bank-holidays.json").read_text(encoding="utf-8"))
WORLD_CUP = date(2026, 6, 15)


def working_days(found: dict[date, str]) -> set[date]:
    return {day for day in found if day.weekday() < 5}


def test_a_holiday_that_a_library_missed_comes_back() -> None:
    """As an older list does miss this one, which was proclaimed late."""
    late = {day: name for day, name in library_holidays("scotland", 2026).items() if day != WORLD_CUP}
    published = {date.fromisoformat(day) for day in PUBLISHED["scotland"] if day.startswith("2026")}
    assert working_days(late) != published
    assert working_days(corrected_holidays(late, {WORLD_CUP: "World Cup bank holiday"})) == published


def test_a_holiday_that_a_library_made_up_goes_and_a_name_is_put_right() -> None:
    found = {date(2026, 4, 6): "Easter Monday", date(2026, 11, 30): "Saint Andrew's Day"}
    assert corrected_holidays(found, {date(2026, 4, 6): None, date(2026, 11, 30): "St Andrew’s Day"}) == {
        date(2026, 11, 30): "St Andrew’s Day"
    }


def test_the_file_knows_each_nation() -> None:
    assert set(json.loads(CORRECTIONS.read_text(encoding="utf-8"))) == {"what", "source", *SUBDIVISIONS}


@pytest.mark.parametrize("nation", SUBDIVISIONS)
def test_every_correction_is_still_needed(nation: str) -> None:
    for day, name in holiday_corrections(nation).items():
        assert library_holidays(nation, day.year).get(day) != name, f"The library has caught up: remove {day} from {CORRECTIONS.name}."
