"""Puts a shift on the rota."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction

from helpline.models import Counsellor, Shift


class ShiftOverlaps(Exception):
    """The counsellor has another shift at that time; nobody can be in two places."""


class ShiftTooLong(Exception):
    """A shift must end after it starts, and within six hours."""


def add_shift(*, counsellor: Counsellor, channel: str, starts_at: datetime, ends_at: datetime) -> Shift:
    """Adds one shift.

    Raises:
        ShiftOverlaps: the counsellor has another one then.
        ShiftTooLong: it runs backwards, or for more than six hours.
    """
    shift = Shift(counsellor=counsellor, channel=channel, starts_at=starts_at, ends_at=ends_at)
    with explained(counsellor):
        shift.save(force_insert=True)
    return shift


@contextmanager
def explained(counsellor: Counsellor | None = None) -> Iterator[None]:
    """One transaction. The database decides, so that two admins at once cannot both be right; its answer is put into words."""
    whom = counsellor or "Somebody"
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "shift_overlap" in str(error):
            raise ShiftOverlaps(f"{whom} has another shift at that time. Choose other times, or another counsellor.") from error
        if "shift_length" in str(error):
            raise ShiftTooLong("A shift must end after it starts, and within six hours. Make two of a longer one.") from error
        raise
