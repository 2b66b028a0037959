"""Gives a shift other times, another channel, or somebody else."""

from datetime import datetime

from helpline.models import Counsellor, Shift
from helpline.operations.add_shift import explained


def move_shift(shift: Shift, *, counsellor: Counsellor, channel: str, starts_at: datetime, ends_at: datetime) -> None:
    """Changes one shift.

    Raises:
        helpline.operations.add_shift.ShiftOverlaps: the counsellor has another one then.
        helpline.operations.add_shift.ShiftTooLong: it would run backwards, or for more than six hours.
        Shift.DoesNotExist: it was taken off the rota meanwhile.
    """
    with explained(counsellor):
        changed = Shift.objects.filter(pk=shift.pk).update(counsellor=counsellor, channel=channel, starts_at=starts_at, ends_at=ends_at)
    if not changed:
        raise Shift.DoesNotExist("This shift was taken off the rota meanwhile.")
    shift.refresh_from_db()
