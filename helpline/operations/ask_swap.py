"""A counsellor asks somebody, or everybody, to take a shift over."""

from datetime import datetime

from django.db import IntegrityError, transaction

from helpline.calendar import Interval
from helpline.models import Counsellor, RotaNotice, Shift, ShiftOffer
from helpline.operations.notify import accounts_of, counsellors, notify
from helpline.operations.take_turns import take_turns


class CannotOffer(Exception):
    """The shift is not theirs to offer, or not now; the sentence says why."""


def ask_swap(shift: Shift, *, asked_by: Counsellor, offered_to: Counsellor | None, at: datetime) -> ShiftOffer:
    """Offers the shift; it stays with whoever asks until a lead has approved who takes it.

    Raises:
        CannotOffer: it is not theirs (any more), not published, has begun, or is offered already; or the one who is asked cannot be.
    """
    if offered_to is not None and offered_to.pk == asked_by.pk:
        raise CannotOffer("Choose somebody else: you have this shift already.")
    if offered_to is not None and not offered_to.answers:
        raise CannotOffer(f"{offered_to} takes no shifts now. Choose somebody else.")
    return offer(ShiftOffer.Kind.SWAP, shift, asked_by=asked_by, offered_to=offered_to, at=at)


def offer(kind: ShiftOffer.Kind, shift: Shift, *, asked_by: Counsellor, offered_to: Counsellor | None, at: datetime) -> ShiftOffer:
    """One row; the database lets a shift have one open offer.

    Raises:
        CannotOffer.
    """
    try:
        with transaction.atomic():
            take_turns([asked_by.pk])
            theirs = Shift.objects.filter(pk=shift.pk, counsellor=asked_by, state=Shift.State.PUBLISHED, starts_at__gt=at).first()
            if theirs is None:
                raise CannotOffer("Only a shift of your own that is published and has not begun can be offered.")
            made = ShiftOffer.objects.create(
                kind=kind, shift=theirs, asked_by=asked_by, offered_to=offered_to, asked_at=at, changed_at=at, state=ShiftOffer.State.ASKED
            )
            told = accounts_of(offered_to.pk) if offered_to else counsellors(besides=[asked_by.pk])
            notice = RotaNotice.Kind.SWAP_ASKED if kind == ShiftOffer.Kind.SWAP else RotaNotice.Kind.COVER_WANTED
            interval = Interval(theirs.starts_at, theirs.ends_at)
            notify(notice, f"offer:{made.pk}:asked", told, at=at, channel=theirs.channel, interval=interval)
    except IntegrityError as error:
        raise CannotOffer("This shift is offered already. Take that offer back first.") from error
    return made
