"""Shifts: added, changed and taken off, each with the checks that every change of the rota makes."""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from helpline.calendar import Interval
from helpline.models import Counsellor, RotaNotice, Shift, ShiftOffer
from helpline.organisation import organisation
from helpline.rota.cancelled_entries import note_cancelled_entries
from helpline.rota.consequences import allow_consequences, shift_consequences
from helpline.rota.locking import lock_counsellors
from helpline.rota.notices import queue_rota_notices
from helpline.rota.snapshot import PlannedShift, days_around, load_rota_snapshot
from helpline.staff.recipients import accounts_of


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
    with explain_refused_shift(counsellor):
        shift.save(force_insert=True)
    return shift


@contextmanager
def explain_refused_shift(counsellor: Counsellor | None = None) -> Iterator[None]:
    """One transaction. The database decides, so that two admins at once cannot both be right; its answer is put into words."""
    whom = counsellor or "Somebody"
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "shift_overlap" in str(error):
            raise ShiftOverlaps(f"{whom} has another shift at that time. Choose other times, or another counsellor.") from error
        if "shift_length" in str(error):
            raise ShiftTooLong("A shift must end after it starts, and within six hours. For a longer time, make two shifts.") from error
        raise


def put_shift(
    shift: Shift | None,
    *,
    counsellor: Counsellor,
    channel: str,
    starts_at: datetime,
    ends_at: datetime,
    published: bool,
    at: datetime,
    known: Container[str],
) -> Shift:
    """Adds a shift when `shift` is None, otherwise changes that one; a published one stays published. Offers of a shift that moves end.

    Raises:
        helpline.rota.consequences.Consequences: a gap, a short rest, closed hours or an absence that `known` does not have.
        helpline.rota.shifts.ShiftOverlaps, helpline.rota.shifts.ShiftTooLong.
        Shift.DoesNotExist: it was taken off the rota in the meantime.
    """
    if ends_at <= starts_at:
        raise ShiftTooLong("A shift must end after it starts, and within six hours.")
    interval = Interval(starts_at, ends_at)
    people = {counsellor.pk, shift.counsellor_id} if shift else {counsellor.pk}
    with explain_refused_shift(counsellor), note_cancelled_entries(people, at=at):
        lock_counsellors(people)
        old = Shift.objects.filter(pk=shift.pk).first() if shift else None
        if shift and old is None:
            raise Shift.DoesNotExist("This shift has been taken off the rota.")
        was_published = old is not None and old.state == Shift.State.PUBLISHED
        state = Shift.State.PUBLISHED if published or was_published else Shift.State.DRAFT
        touched = [interval, *([Interval(old.starts_at, old.ends_at)] if old else [])]
        picture = load_rota_snapshot(days_around(touched, organisation()))
        saved = copy(old) if old else Shift()
        saved.counsellor, saved.channel, saved.starts_at, saved.ends_at, saved.state = counsellor, channel, starts_at, ends_at, state
        saved.changed_at = at
        if old and (old.counsellor_id, old.starts_at, old.ends_at) != (counsellor.pk, starts_at, ends_at):
            saved.sequence = old.sequence + 1
        # The row first: what cannot be at all is said before what should not be. Nothing of it stays when the answer is no.
        saved.save()
        work = PlannedShift(saved.pk, counsellor.pk, channel, interval, state == Shift.State.PUBLISHED)
        allow_consequences(shift_consequences(picture, removed=[shift.pk] if shift else [], added=[work]), known=known)
        if old:
            ended = ShiftOffer.objects.filter(Q(shift=saved) | Q(in_return=saved), state__in=ShiftOffer.OPEN)
            ended.update(state=ShiftOffer.State.WITHDRAWN, changed_at=at)
        if state == Shift.State.PUBLISHED:
            _tell(old if was_published else None, saved, at)
    return saved


def _tell(old: Shift | None, saved: Shift, at: datetime) -> None:
    """Tells the counsellor who lost the shift, and the one who has it now that it is new or moved; `old` is how it was published."""
    key = f"shift:{saved.pk}:{at.isoformat()}"
    if old and old.counsellor_id != saved.counsellor_id and old.ends_at > at:
        then = Interval(old.starts_at, old.ends_at)
        queue_rota_notices(RotaNotice.Kind.SHIFT_LOST, key, accounts_of(old.counsellor_id), at=at, channel=old.channel, interval=then)
    if saved.ends_at <= at:
        return
    told, interval = accounts_of(saved.counsellor_id), Interval(saved.starts_at, saved.ends_at)
    if old is None or old.counsellor_id != saved.counsellor_id:
        queue_rota_notices(RotaNotice.Kind.SHIFT_ADDED, key, told, at=at, channel=saved.channel, interval=interval)
    elif (old.channel, old.starts_at, old.ends_at) != (saved.channel, saved.starts_at, saved.ends_at):
        queue_rota_notices(RotaNotice.Kind.SHIFT_MOVED, key, told, at=at, channel=saved.channel, interval=interval, was=old)


def remove_shift(shift: Shift, *, at: datetime, known: Container[str]) -> None:
    """Takes it off; its offers go with it. A shift that someone took off before is off anyway.

    Raises:
        helpline.rota.consequences.Consequences: it would make a gap, and `known` does not have it.
    """
    interval = Interval(shift.starts_at, shift.ends_at)
    with transaction.atomic(), note_cancelled_entries([shift.counsellor_id], at=at):
        picture = load_rota_snapshot(days_around([interval], organisation()))
        allow_consequences(shift_consequences(picture, removed=[shift.pk]), known=known)
        pk = shift.pk
        shift.delete()
        if shift.state == Shift.State.PUBLISHED and interval.end > at:
            told = accounts_of(shift.counsellor_id)
            queue_rota_notices(RotaNotice.Kind.SHIFT_LOST, f"shift:{pk}:off", told, at=at, channel=shift.channel, interval=interval)
