"""Notes that a counsellor will be away; says first which of their shifts nobody would then stand."""

from collections.abc import Container
from datetime import datetime

from django.db import transaction

from helpline.calendar import Interval
from helpline.models import Counsellor, RotaNotice
from helpline.operations.add_absence import AbsenceBackwards, add_absence
from helpline.operations.notify import leads, notify
from helpline.operations.take_turns import take_turns
from helpline.queries import organisation
from helpline.rotas.consequences import allow, of_absence
from helpline.rotas.picture import Away, days_around, load

__all__ = ["AbsenceBackwards", "note_absence"]


def note_absence(*, counsellor: Counsellor, starts_at: datetime, ends_at: datetime, at: datetime, known: Container[str]) -> list[str]:
    """Adds the absence, and returns what it leaves undone; the leads are told when that is anything.

    Nobody is refused an absence: illness asks no rota. It takes turns with whoever gives this counsellor a shift, so that either this
    sees the shift, or that sees the absence.

    Raises:
        AbsenceBackwards: it would end before it starts.
        helpline.rotas.consequences.Consequences: shifts of theirs lie in it, and `known` does not have it.
    """
    if ends_at <= starts_at:
        raise AbsenceBackwards("The end must come after the start.")
    interval = Interval(starts_at, ends_at)
    with transaction.atomic():
        take_turns([counsellor.pk])
        picture = load(days_around([interval], organisation()))
        left = of_absence(picture, Away(None, counsellor.pk, interval))
        allow(left, known=known)
        absence = add_absence(counsellor=counsellor, starts_at=starts_at, ends_at=ends_at)
        if left and ends_at > at:
            notify(RotaNotice.Kind.ABSENCE, f"absence:{absence.pk}", leads(), at=at, interval=interval)
    return left
