"""Puts a shift on the rota, or gives it other times, another channel, or somebody else; says first what would come of it."""

from collections.abc import Container
from copy import copy
from datetime import datetime

from helpline.calendar import Interval
from helpline.models import Counsellor, RotaNotice, Shift, ShiftOffer
from helpline.operations.add_shift import ShiftTooLong, explained
from helpline.operations.notify import accounts_of, notify
from helpline.operations.take_turns import take_turns
from helpline.queries import organisation
from helpline.rotas.consequences import allow, of_shifts
from helpline.rotas.picture import Work, days_around, load


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
        helpline.rotas.consequences.Consequences: a gap, a short rest, closed hours or an absence that `known` does not have.
        helpline.operations.add_shift.ShiftOverlaps, helpline.operations.add_shift.ShiftTooLong.
        Shift.DoesNotExist: it was taken off the rota meanwhile.
    """
    if ends_at <= starts_at:
        raise ShiftTooLong("A shift must end after it starts, and within six hours.")
    interval = Interval(starts_at, ends_at)
    with explained(counsellor):
        take_turns({counsellor.pk, shift.counsellor_id} if shift else {counsellor.pk})
        old = Shift.objects.filter(pk=shift.pk).first() if shift else None
        if shift and old is None:
            raise Shift.DoesNotExist("This shift was taken off the rota meanwhile.")
        was_published = old is not None and old.state == Shift.State.PUBLISHED
        state = Shift.State.PUBLISHED if published or was_published else Shift.State.DRAFT
        touched = [interval, *([Interval(old.starts_at, old.ends_at)] if old else [])]
        picture = load(days_around(touched, organisation()))
        saved = copy(old) if old else Shift()
        saved.counsellor, saved.channel, saved.starts_at, saved.ends_at, saved.state = counsellor, channel, starts_at, ends_at, state
        saved.changed_at = at
        if old and (old.starts_at, old.ends_at) != (starts_at, ends_at):
            saved.sequence = old.sequence + 1
        # The row first: what cannot be at all is said before what should not be. Nothing of it stays when the answer is no.
        saved.save()
        work = Work(saved.pk, counsellor.pk, channel, interval, state == Shift.State.PUBLISHED)
        allow(of_shifts(picture, removed=[shift.pk] if shift else [], added=[work]), known=known)
        if old:
            ShiftOffer.objects.filter(shift=saved, state__in=ShiftOffer.OPEN).update(state=ShiftOffer.State.WITHDRAWN, changed_at=at)
        if state == Shift.State.PUBLISHED:
            _tell(old if was_published else None, saved, at)
    return saved


def _tell(old: Shift | None, saved: Shift, at: datetime) -> None:
    """Who had it hears that they have it no more, who has it now that it is new or has moved; `old` is the published shift of before."""
    key = f"shift:{saved.pk}:{at.isoformat()}"
    if old and old.counsellor_id != saved.counsellor_id and old.ends_at > at:
        then = Interval(old.starts_at, old.ends_at)
        notify(RotaNotice.Kind.SHIFT_LOST, key, accounts_of(old.counsellor_id), at=at, channel=old.channel, interval=then)
    if saved.ends_at <= at:
        return
    told, interval = accounts_of(saved.counsellor_id), Interval(saved.starts_at, saved.ends_at)
    if old is None or old.counsellor_id != saved.counsellor_id:
        notify(RotaNotice.Kind.SHIFT_ADDED, key, told, at=at, channel=saved.channel, interval=interval)
    elif (old.channel, old.starts_at, old.ends_at) != (saved.channel, saved.starts_at, saved.ends_at):
        notify(RotaNotice.Kind.SHIFT_MOVED, key, told, at=at, channel=saved.channel, interval=interval, was=old)
