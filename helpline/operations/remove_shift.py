"""Takes a shift off the rota; says first which gap that makes."""

from collections.abc import Container
from datetime import datetime

from django.db import transaction

from helpline.calendar import Interval
from helpline.models import RotaNotice, Shift
from helpline.operations.notify import accounts_of, notify
from helpline.queries import organisation
from helpline.rotas.consequences import allow, of_shifts
from helpline.rotas.picture import days_around, load


def remove_shift(shift: Shift, *, at: datetime, known: Container[str]) -> None:
    """Takes it off; its offers go with it. A shift that somebody took off before is off all the same.

    Raises:
        helpline.rotas.consequences.Consequences: it would make a gap, and `known` does not have it.
    """
    interval = Interval(shift.starts_at, shift.ends_at)
    with transaction.atomic():
        picture = load(days_around([interval], organisation()))
        allow(of_shifts(picture, removed=[shift.pk]), known=known)
        pk = shift.pk
        shift.delete()
        if shift.state == Shift.State.PUBLISHED and interval.end > at:
            told = accounts_of(shift.counsellor_id)
            notify(RotaNotice.Kind.SHIFT_LOST, f"shift:{pk}:off", told, at=at, channel=shift.channel, interval=interval)
