"""The public holidays of a nation, from a kept library: corrected by a file of ours, and by an installation's own changes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

# The library's names of the parts of the United Kingdom. Wales has the same bank holidays as England.
SUBDIVISIONS = {"scotland": "SCT", "england-and-wales": "ENG", "northern-ireland": "NIR"}
NONE = "none"
NATIONS = (*SUBDIVISIONS, NONE)
CORRECTIONS = Path(__file__).with_name("corrections.json")


class UnknownNation(ValueError):
    """No nation whose public holidays are known here."""


def library_holidays(nation: str, year: int) -> dict[date, str]:
    """The year's holidays. One on a weekend counts besides its substitute: Christmas Day is a holiday on a Saturday too."""
    # Half a second, for the library loads every country: once for each server (config.ready), and not for a command that asks for none.
    from holidays.countries.united_kingdom import UnitedKingdom

    found = UnitedKingdom(subdiv=SUBDIVISIONS[nation], years=year, expand=False, language="en_GB")
    return {day: name.replace("(observed)", "(substitute day)") for day, name in found.items()}


def corrected_holidays(found: Mapping[date, str], corrections: Mapping[date, str | None]) -> dict[date, str]:
    """The holidays with those that are added or renamed, and without those whose correction is None."""
    return {day: name for day, name in {**found, **corrections}.items() if name is not None}


@cache
def holiday_corrections(nation: str) -> dict[date, str | None]:
    """What the file says of the nation: read once."""
    dated: dict[str, str | None] = json.loads(CORRECTIONS.read_text(encoding="utf-8"))[nation]
    return {date.fromisoformat(day): name for day, name in dated.items()}


@lru_cache(maxsize=64)
def _published(nation: str, year: int) -> dict[date, str]:
    if nation == NONE:
        return {}
    ours = {day: name for day, name in holiday_corrections(nation).items() if day.year == year}
    return corrected_holidays(library_holidays(nation, year), ours)


@dataclass(frozen=True)
class HolidayCorrection:
    """A holiday that the installation adds or renames; or, not observed, one that it takes away."""

    day: date
    name: str
    observed: bool = True


@dataclass(frozen=True)
class PublicHolidays:
    """A nation's public holidays with an installation's changes.

    Raises:
        UnknownNation: not one of NATIONS.
    """

    nation: str = NONE
    changes: Iterable[HolidayCorrection] = ()
    _changes: dict[date, HolidayCorrection] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.nation not in NATIONS:
            raise UnknownNation(f"The nation must be one of {', '.join(NATIONS)}, not {self.nation!r}.")
        object.__setattr__(self, "_changes", {change.day: change for change in self.changes})

    def name(self, day: date) -> str | None:
        """The holiday's name; None on any other day."""
        change = self._changes.get(day)
        if change is not None:
            return change.name if change.observed else None
        return _published(self.nation, day.year).get(day)
