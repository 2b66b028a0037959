"""On duty: a current shift on this channel, not away, and an account and counsellor that are active."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.hours.on_duty import counsellors_on_duty
from helpline.models import Absence, Counsellor, Shift
from helpline.rota.absences import AbsenceBackwards, add_absence
from helpline.rota.shifts import add_shift
from tests.world.instants import utc

NINE, ONE = utc("2026-01-12 09:00"), utc("2026-01-12 13:00")


@pytest.fixture
def shift(anna: Counsellor, stella: Counsellor) -> Shift:
    return add_shift(counsellor=anna, channel="phone", starts_at=NINE, ends_at=ONE)


@pytest.mark.parametrize(("at", "present"), [("08:59:59", False), ("09:00", True), ("12:59:59", True), ("13:00", False)])
def test_a_shift_is_half_open(shift: Shift, at: str, present: bool) -> None:
    assert counsellors_on_duty(channel="phone", at=utc(f"2026-01-12 {at}")) == ([shift.counsellor_id] if present else [])


def test_a_shift_of_six_hours_counts_from_its_first_to_its_last_instant(anna: Counsellor) -> None:
    add_shift(counsellor=anna, channel="phone", starts_at=NINE, ends_at=NINE + timedelta(hours=6))
    for at in (NINE, NINE + timedelta(hours=6) - timedelta(microseconds=1)):
        assert counsellors_on_duty(channel="phone", at=at) == [anna.pk]


def test_another_channel_is_not_this_one(shift: Shift) -> None:
    assert counsellors_on_duty(channel="messages", at=NINE) == []


@pytest.mark.parametrize(("at", "present"), [("09:59:59", True), ("10:00", False), ("10:59:59", False), ("11:00", True)])
def test_an_absence_is_half_open_too(shift: Shift, at: str, present: bool) -> None:
    add_absence(counsellor=shift.counsellor, starts_at=utc("2026-01-12 10:00"), ends_at=utc("2026-01-12 11:00"))
    assert bool(counsellors_on_duty(channel="phone", at=utc(f"2026-01-12 {at}"))) == present


def test_somebody_elses_absence_changes_nothing(shift: Shift, stella: Counsellor) -> None:
    add_absence(counsellor=stella, starts_at=NINE, ends_at=ONE)
    assert counsellors_on_duty(channel="phone", at=NINE) == [shift.counsellor_id]


def test_an_absence_must_run_forwards(anna: Counsellor) -> None:
    with pytest.raises(AbsenceBackwards):
        add_absence(counsellor=anna, starts_at=ONE, ends_at=NINE)
    assert not Absence.objects.exists()


@pytest.mark.parametrize("off", ["counsellor", "account"])
def test_whoever_is_switched_off_is_not_on_duty(shift: Shift, off: str) -> None:
    if off == "counsellor":
        shift.counsellor.active = False
        shift.counsellor.save()
    else:
        shift.counsellor.account.is_active = False
        shift.counsellor.account.save()
    assert counsellors_on_duty(channel="phone", at=NINE) == []


def test_everybody_on_duty_comes_in_order_in_one_query(shift: Shift, ben: Counsellor) -> None:
    add_shift(counsellor=ben, channel="phone", starts_at=NINE, ends_at=ONE)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert counsellors_on_duty(channel="phone", at=NINE) == sorted([shift.counsellor_id, ben.pk])
    assert len(queries) == 1


@contextmanager
def _by_index_where_possible() -> Iterator[None]:
    """Postgres reads a small table from end to end; with that forbidden it shows which index there is."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        yield


def test_current_shifts_are_found_by_an_index(shift: Shift) -> None:
    weeks_ago = [timedelta(weeks=weeks) for weeks in range(1, 300)]
    before = [Shift(counsellor=shift.counsellor, channel="phone", starts_at=NINE - ago, ends_at=ONE - ago) for ago in weeks_ago]
    Shift.objects.bulk_create(before)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as queries:
        counsellors_on_duty(channel="phone", at=NINE)
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with _by_index_where_possible(), connection.cursor() as cursor:
        cursor.execute(explain + queries[0]["sql"].removeprefix("/* */"))
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert "shift_current" in plan
