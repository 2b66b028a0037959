"""A form that asks for a shift that cannot be gets a sentence, and nothing has changed."""

from datetime import datetime, timedelta

import pytest

from helpline.models import Counsellor, Shift
from helpline.rota.consequences import AllConsequences
from helpline.rota.shifts import ShiftOverlaps, ShiftTooLong, add_shift, put_shift
from tests.world.instants import utc

NINE, ONE, FIVE = utc("2026-01-12 09:00"), utc("2026-01-12 13:00"), utc("2026-01-12 17:00")


@pytest.fixture
def morning(anna: Counsellor) -> Shift:
    return add_shift(counsellor=anna, channel="phone", starts_at=NINE, ends_at=ONE)


def move(shift: Shift, counsellor: Counsellor, channel: str, starts_at: datetime, ends_at: datetime) -> None:
    """As a form asks for it when everything that would come of it has been read."""
    given = {"counsellor": counsellor, "channel": channel, "starts_at": starts_at, "ends_at": ends_at}
    put_shift(shift, **given, published=True, at=NINE - timedelta(days=1), known=AllConsequences())  # type: ignore[arg-type]


def test_an_overlapping_shift_is_refused_by_name(morning: Shift, anna: Counsellor) -> None:
    with pytest.raises(ShiftOverlaps, match="Anna has another shift"):
        add_shift(counsellor=anna, channel="messages", starts_at=ONE - timedelta(minutes=1), ends_at=FIVE)
    assert Shift.objects.get() == morning


@pytest.mark.parametrize("ends_at", [NINE, NINE - timedelta(hours=1), NINE + timedelta(hours=6, seconds=1)])
def test_a_shift_that_is_too_long_or_backwards_is_refused(anna: Counsellor, ends_at: object) -> None:
    with pytest.raises(ShiftTooLong, match="six hours"):
        add_shift(counsellor=anna, channel="phone", starts_at=NINE, ends_at=ends_at)  # type: ignore[arg-type]
    assert not Shift.objects.exists()


def test_the_transaction_around_a_refusal_goes_on(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    with pytest.raises(ShiftOverlaps):
        add_shift(counsellor=anna, channel="phone", starts_at=NINE, ends_at=ONE)
    add_shift(counsellor=ben, channel="phone", starts_at=NINE, ends_at=ONE)
    assert Shift.objects.count() == 2


def test_a_shift_moves_to_somebody_who_is_free(morning: Shift, ben: Counsellor) -> None:
    move(morning, ben, "messages", ONE, FIVE)
    moved = Shift.objects.get()
    assert (moved.counsellor, moved.channel, moved.starts_at, moved.ends_at) == (ben, "messages", ONE, FIVE)


def test_a_shift_does_not_move_to_somebody_who_is_not(morning: Shift, ben: Counsellor) -> None:
    add_shift(counsellor=ben, channel="messages", starts_at=NINE, ends_at=ONE)
    with pytest.raises(ShiftOverlaps, match="Ben"):
        move(morning, ben, "phone", NINE, ONE)
    morning.refresh_from_db()
    assert morning.counsellor.display_name == "Anna"


def test_a_shift_that_is_gone_is_not_moved(morning: Shift, ben: Counsellor) -> None:
    Shift.objects.all().delete()
    with pytest.raises(Shift.DoesNotExist):
        move(morning, ben, "phone", NINE, ONE)
    assert not Shift.objects.exists()
