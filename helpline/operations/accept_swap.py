"""A counsellor says yes to a swap; a lead has the last word."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from helpline.calendar import Interval
from helpline.models import Absence, Counsellor, RotaNotice, Shift, ShiftOffer
from helpline.operations.notify import accounts_of, leads, notify
from helpline.operations.take_turns import take_turns


class NoLongerOpen(Exception):
    """Somebody else was faster, or the offer was taken back."""


class NotFree(Exception):
    """Whoever would take the shift works or is away then, or takes no shifts at all."""


def accept_swap(offer: ShiftOffer, *, by: Counsellor, at: datetime) -> None:
    """One conditional update: of two who accept at once, one does.

    Raises:
        NoLongerOpen: it is accepted, decided or withdrawn already, offered to somebody else, or the shift has begun.
        NotFree: they have another shift then, or are away.
    """
    with transaction.atomic():
        take_turns([by.pk])
        shift = Shift.objects.filter(pk=offer.shift_id, starts_at__gt=at).first()
        # The condition is on the offer's own columns alone: of two at once the second is then compared with the row as the first left it.
        # A condition on the shift would be a subquery, which Postgres answers from before the first was done.
        mine = ShiftOffer.objects.filter(
            Q(offered_to=by) | Q(offered_to=None), pk=offer.pk, kind=ShiftOffer.Kind.SWAP, state=ShiftOffer.State.ASKED
        ).exclude(asked_by=by)
        if shift is None or mine.update(state=ShiftOffer.State.ACCEPTED, accepted_by=by, changed_at=at) != 1:
            raise NoLongerOpen("This swap is not open to you any more. Load the page again to see how it stands.")
        check_free(by, shift)
        interval = Interval(shift.starts_at, shift.ends_at)
        told = [*accounts_of(offer.asked_by_id), *leads()]
        # Each yes is told: one may have been taken back before.
        key = f"offer:{offer.pk}:accepted:{at:%Y%m%d%H%M%S}"
        notify(RotaNotice.Kind.SWAP_ACCEPTED, key, told, at=at, channel=shift.channel, interval=interval)


def check_free(who: Counsellor, shift: Shift) -> None:
    """Looks under `take_turns`; the database refuses two shifts at once in any case.

    Raises:
        NotFree.
    """
    if not Counsellor.objects.filter(Counsellor.answering(), pk=who.pk).exists():
        raise NotFree(f"{who} takes no shifts now.")
    then = {"counsellor": who, "starts_at__lt": shift.ends_at, "ends_at__gt": shift.starts_at}
    if Shift.objects.filter(**then).exclude(pk=shift.pk).exists():
        raise NotFree(f"{who} has another shift at that time.")
    if Absence.objects.filter(**then).exists():
        raise NotFree(f"{who} is away at that time.")
