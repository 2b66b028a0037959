"""Notes that a counsellor is away."""

from datetime import datetime

from helpline.models import Absence, Counsellor


class AbsenceBackwards(ValueError):
    """An absence must end after it starts."""


def add_absence(*, counsellor: Counsellor, starts_at: datetime, ends_at: datetime) -> Absence:
    """Nobody is on duty while away, whatever their shifts say; absences may overlap.

    Raises:
        AbsenceBackwards: it would end before it starts.
    """
    if ends_at <= starts_at:
        raise AbsenceBackwards("The end must come after the start.")
    return Absence.objects.create(counsellor=counsellor, starts_at=starts_at, ends_at=ends_at)
