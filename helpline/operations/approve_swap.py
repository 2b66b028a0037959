"""A lead approves a swap: the shift changes hands."""

from collections.abc import Container
from datetime import datetime

from helpline.calendar import Interval
from helpline.models import Account, Counsellor, RotaNotice, Shift, ShiftOffer
from helpline.operations.accept_swap import NoLongerOpen, check_free
from helpline.operations.add_shift import explained
from helpline.operations.notify import accounts_of, notify
from helpline.operations.take_turns import take_turns
from helpline.queries import organisation
from helpline.rotas.consequences import allow, of_shifts
from helpline.rotas.picture import Work, days_around, load


def approve_swap(offer: ShiftOffer, *, by: Account, at: datetime, known: Container[str]) -> None:
    """The offer by one conditional update, the shift by another, in one transaction.

    Raises:
        helpline.operations.accept_swap.NoLongerOpen: it was decided or withdrawn, or the shift moved or began.
        helpline.operations.accept_swap.NotFree, helpline.operations.add_shift.ShiftOverlaps: they got another shift, or are away then.
        helpline.rotas.consequences.Consequences: it would break somebody's rest, and `known` does not have it.
    """
    accepted_by = offer.accepted_by
    if accepted_by is None:
        raise NoLongerOpen("Nobody has accepted this swap yet.")
    with explained(accepted_by):
        take_turns([offer.asked_by_id, accepted_by.pk])
        agreed = ShiftOffer.objects.filter(pk=offer.pk, state=ShiftOffer.State.ACCEPTED, accepted_by=accepted_by)
        if agreed.update(state=ShiftOffer.State.APPROVED, decided_by=by, changed_at=at) != 1:
            raise NoLongerOpen("This swap was decided or taken back already. Load the page again to see how it stands.")
        hand_over(offer, to=accepted_by.pk, at=at, known=known)
        shift = offer.shift
        interval = Interval(shift.starts_at, shift.ends_at)
        told = accounts_of(offer.asked_by_id, accepted_by.pk)
        notify(RotaNotice.Kind.SWAP_APPROVED, f"offer:{offer.pk}:approved", told, at=at, channel=shift.channel, interval=interval)


def hand_over(offer: ShiftOffer, *, to: int, at: datetime, known: Container[str]) -> None:
    """Gives the shift to somebody, inside the transaction that decided so.

    Raises:
        NoLongerOpen, NotFree, Consequences; the database's own error when they have another shift then.
    """
    shift = Shift.objects.filter(pk=offer.shift_id).first()
    if shift is None:
        raise NoLongerOpen("This shift was taken off the rota meanwhile.")
    taker = Counsellor.objects.select_related("account").get(pk=to)
    check_free(taker, shift)
    interval = Interval(shift.starts_at, shift.ends_at)
    picture = load(days_around([interval], organisation()))
    allow(of_shifts(picture, removed=[shift.pk], added=[Work(shift.pk, to, shift.channel, interval)]), known=known)
    still = Shift.objects.filter(pk=shift.pk, counsellor=offer.asked_by_id, state=Shift.State.PUBLISHED, starts_at__gt=at)
    if still.update(counsellor=to, changed_at=at) != 1:
        raise NoLongerOpen("This shift has begun, or is somebody else's by now.")
