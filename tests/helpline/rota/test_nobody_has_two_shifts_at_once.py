"""The database itself refuses a counsellor's second shift at one time, on Postgres and on SQLite, whoever asks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction

from config import environment
from helpline.models import Account, Counsellor, Shift
from tests.world.instants import utc

NINE = utc("2026-01-12 09:00")
HOUR = timedelta(hours=1)


@contextmanager
def connected(file: Path) -> Iterator[str]:
    """Its alias."""
    alias = "embedded"
    connections.settings[alias] = connections.configure_settings({"default": {}, alias: environment.sqlite_settings(file)})[alias]
    yield alias
    connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Path:
    """An SQLite file with all tables and no rows, for each test to copy."""
    file = tmp_path_factory.mktemp("embedded") / "h.sqlite3"
    with django_db_blocker.unblock(), connected(file) as alias:
        call_command("migrate", "helpline", database=alias, verbosity=0)
    return file


EMBEDDED = pytest.param("SQLite", marks=pytest.mark.night("by day the run's own database: only the demonstration has this one"))


@pytest.fixture(params=["of the run", EMBEDDED])
def database(request: pytest.FixtureRequest, db: None, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The run's own database; and an SQLite file, as the demo has it, so that both kinds are tried in one run."""
    if request.param == "of the run":
        yield "default"
        return
    shutil.copy(request.getfixturevalue("migrated"), tmp_path / "h.sqlite3")
    with django_db_blocker.unblock(), connected(tmp_path / "h.sqlite3") as alias:
        yield alias


@pytest.fixture
def people(database: str) -> list[Counsellor]:
    made = []
    for name in ("Anna", "Ben"):
        account = Account.objects.using(database).create(email=f"{name}@helpline.example", name=name)
        made.append(Counsellor.objects.using(database).create(account=account, display_name=name))
    return made


def _add(database: str, counsellor: Counsellor, starts_at: datetime, ends_at: datetime, channel: str = "phone") -> Shift:
    with transaction.atomic(using=database):
        return Shift.objects.using(database).create(counsellor=counsellor, channel=channel, starts_at=starts_at, ends_at=ends_at)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(0, 4), (-1, 1), (3, 5), (1, 2), (-1, 5), (3.9999, 5)],
    ids=["the same", "over its start", "over its end", "inside", "around", "by a moment"],
)
@pytest.mark.parametrize("channel", ["phone", "messages"])
def test_a_second_shift_is_refused(database: str, people: list[Counsellor], starts: float, ends: float, channel: str) -> None:
    _add(database, people[0], NINE, NINE + 4 * HOUR)
    with pytest.raises(IntegrityError, match="shift_overlap"):
        _add(database, people[0], NINE + starts * HOUR, NINE + ends * HOUR, channel)
    assert Shift.objects.using(database).count() == 1


def test_shifts_may_meet(database: str, people: list[Counsellor]) -> None:
    _add(database, people[0], NINE, NINE + 4 * HOUR)
    _add(database, people[0], NINE + 4 * HOUR, NINE + 8 * HOUR)
    _add(database, people[0], NINE - HOUR, NINE)


def test_two_people_may_work_at_once(database: str, people: list[Counsellor]) -> None:
    for counsellor in people:
        _add(database, counsellor, NINE, NINE + 4 * HOUR)


@pytest.mark.parametrize("change", ["times", "person"])
def test_a_shift_cannot_be_moved_over_another(database: str, people: list[Counsellor], change: str) -> None:
    _add(database, people[0], NINE, NINE + 4 * HOUR)
    if change == "times":
        other = _add(database, people[0], NINE + 5 * HOUR, NINE + 6 * HOUR)
        wanted: dict[str, object] = {"starts_at": NINE + 3 * HOUR}
    else:
        other = _add(database, people[1], NINE + HOUR, NINE + 2 * HOUR)
        wanted = {"counsellor": people[0]}
    with pytest.raises(IntegrityError, match="shift_overlap"), transaction.atomic(using=database):
        Shift.objects.using(database).filter(pk=other.pk).update(**wanted)


def test_a_shift_can_be_moved_within_its_own_time(database: str, people: list[Counsellor]) -> None:
    own = _add(database, people[0], NINE, NINE + 4 * HOUR)
    assert Shift.objects.using(database).filter(pk=own.pk).update(starts_at=NINE + HOUR, ends_at=NINE + 5 * HOUR) == 1


def test_many_at_once_are_refused_together(database: str, people: list[Counsellor]) -> None:
    pair = [Shift(counsellor=people[0], channel="phone", starts_at=NINE + n * HOUR, ends_at=NINE + (n + 2) * HOUR) for n in (0, 1)]
    with pytest.raises(IntegrityError, match="shift_overlap"), transaction.atomic(using=database):
        Shift.objects.using(database).bulk_create(pair)
    assert not Shift.objects.using(database).exists()


@pytest.mark.parametrize("length", [timedelta(), timedelta(hours=-1), timedelta(hours=6, microseconds=1)])
def test_a_shift_has_a_length_of_at_most_six_hours(database: str, people: list[Counsellor], length: timedelta) -> None:
    with pytest.raises(IntegrityError, match="shift_length"):
        _add(database, people[0], NINE, NINE + length)


def test_six_hours_to_the_second_are_allowed(database: str, people: list[Counsellor]) -> None:
    _add(database, people[0], NINE, NINE + 6 * HOUR)
