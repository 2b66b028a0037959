"""A counsellor offers a shift up: whoever takes it first has it."""

from datetime import datetime

from helpline.models import Counsellor, Shift, ShiftOffer
from helpline.operations.ask_swap import offer


def offer_cover(shift: Shift, *, asked_by: Counsellor, at: datetime) -> ShiftOffer:
    """Cover wanted; the shift stays with whoever asks until somebody takes it, so that no gap comes of the asking.

    Raises:
        helpline.operations.ask_swap.CannotOffer: it is not theirs (any more), not published, has begun, or is offered already.
    """
    return offer(ShiftOffer.Kind.COVER, shift, asked_by=asked_by, offered_to=None, at=at)
