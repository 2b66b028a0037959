"""Absences: noted and taken back, with what they do to the shifts that they meet."""

from collections.abc import Container
from datetime import datetime

from django.db import transaction

from helpline.calendar import Interval
from helpline.models import Absence, Counsellor, RotaNotice
from helpline.organisation import organisation
from helpline.rota.cancelled_entries import count_entry_change, note_cancelled_entries
from helpline.rota.consequences import absence_consequences, allow_consequences
from helpline.rota.locking import lock_counsellors
from helpline.rota.notices import queue_rota_notices
from helpline.rota.snapshot import PlannedAbsence, days_around, load_rota_snapshot
from helpline.staff.recipients import lead_accounts


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


def note_absence(*, counsellor: Counsellor, starts_at: datetime, ends_at: datetime, at: datetime, known: Container[str]) -> list[str]:
    """Adds the absence, and returns what it leaves undone. The leads are told if there is anything.

    Nobody is refused an absence, because people fall ill. It takes turns with anything that gives this counsellor a shift, so that either
    this sees the shift, or that sees the absence.

    Raises:
        AbsenceBackwards: it would end before it starts.
        helpline.rota.consequences.Consequences: shifts of theirs lie in it, and `known` does not have it.
    """
    if ends_at <= starts_at:
        raise AbsenceBackwards("The end must come after the start.")
    interval = Interval(starts_at, ends_at)
    with transaction.atomic(), note_cancelled_entries([counsellor.pk], at=at):
        lock_counsellors([counsellor.pk])
        picture = load_rota_snapshot(days_around([interval], organisation()))
        left = absence_consequences(picture, PlannedAbsence(None, counsellor.pk, interval))
        allow_consequences(left, known=known)
        absence = add_absence(counsellor=counsellor, starts_at=starts_at, ends_at=ends_at)
        count_entry_change(counsellor.pk, interval, at=at)
        if left and ends_at > at:
            queue_rota_notices(RotaNotice.Kind.ABSENCE, f"absence:{absence.pk}", lead_accounts(), at=at, interval=interval)
    return left


def remove_absence(absence: Absence, *, at: datetime) -> None:
    """Takes the absence away; where it was taken away before, nothing is left to do. No change of this kind makes a gap."""
    with transaction.atomic(), note_cancelled_entries([absence.counsellor_id], at=at):
        if Absence.objects.filter(pk=absence.pk).delete()[0]:
            count_entry_change(absence.counsellor_id, Interval(absence.starts_at, absence.ends_at), at=at)
