"""Who is able to answer: each thing that can be lacking, alone; the first minutes of a shift; and what is not asked about."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from helpline.calendar import Interval
from helpline.calendar.able_to_answer import OF_NOW, TO_READ, AnsweringLack, KnownCounsellor, OnShift, lack_to_answer, lack_to_read
from tests.world.instants import utc

NINE, ONE = utc("2026-11-25T09:00:00"), utc("2026-11-25T13:00:00")
MINUTE = timedelta(minutes=1)
GRACE = 10 * MINUTE
SHIFT = OnShift(7, Interval(NINE, ONE))
THERE = KnownCounsellor(watched=True, seen_in=7)


def lack(
    known: KnownCounsellor | None = THERE, shift: OnShift | None = SHIFT, at: datetime = NINE + 60 * MINUTE, **besides: object
) -> AnsweringLack | None:
    return lack_to_answer(known, shift, at=at, grace=GRACE, **besides)  # type: ignore[arg-type]


def test_with_everything_somebody_is_able() -> None:
    assert lack() is None
    assert lack_to_read(THERE) is None


@pytest.mark.parametrize("missing", sorted(TO_READ))
def test_without_any_one_thing_to_read_with_nobody_is(missing: AnsweringLack) -> None:
    known = replace(THERE, **{missing.value: False})  # type: ignore[arg-type]
    assert (lack_to_read(known), lack(known)) == (missing, missing)
    assert lack(known, besides=TO_READ) is None


def test_whoever_has_no_place_at_the_desk_has_no_keys() -> None:
    assert (lack_to_read(None), lack(None)) == (AnsweringLack.VAULT, AnsweringLack.VAULT)
    assert lack(None, besides=TO_READ) is None


@pytest.mark.parametrize("minutes", [-1, 240, 300])
def test_a_shift_counts_from_its_start_until_before_its_end(minutes: int) -> None:
    assert lack(at=NINE + minutes * MINUTE) == AnsweringLack.SHIFT
    assert lack(shift=None) == AnsweringLack.SHIFT
    assert [lack(at=at) for at in (NINE, ONE - MINUTE)] == [None, None]


@pytest.mark.parametrize("seen_in", [None, 6], ids=["never", "in the shift before"])
def test_for_the_first_minutes_nobody_needs_to_have_come_and_then_they_do(seen_in: int | None) -> None:
    known = replace(THERE, seen_in=seen_in)
    assert [lack(known, at=NINE + minutes * MINUTE) for minutes in (0, 9, 10, 239)] == [
        None,
        None,
        AnsweringLack.UNSEEN,
        AnsweringLack.UNSEEN,
    ]
    assert lack(replace(known, watched=False), at=ONE - MINUTE) is None
    assert lack(known, at=ONE - MINUTE, besides={AnsweringLack.UNSEEN}) is None


def test_a_break_lasts_until_its_end() -> None:
    known = replace(THERE, break_ends=NINE + 20 * MINUTE)
    assert [lack(known, at=NINE + minutes * MINUTE) for minutes in (19, 20)] == [AnsweringLack.BREAK, None]
    assert lack(known, at=NINE, besides=OF_NOW) is None
