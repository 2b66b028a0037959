"""A counsellor takes a shift for which cover is wanted."""

from datetime import datetime

from helpline.calendar import Interval
from helpline.models import Counsellor, RotaNotice, ShiftOffer
from helpline.operations.accept_swap import NoLongerOpen
from helpline.operations.add_shift import explained
from helpline.operations.approve_swap import hand_over
from helpline.operations.notify import accounts_of, leads, notify
from helpline.operations.take_turns import take_turns


def take_cover(offer: ShiftOffer, *, by: Counsellor, at: datetime) -> None:
    """Theirs at once, by one conditional update: of two who take it at the same moment, one has it.

    Raises:
        helpline.operations.accept_swap.NoLongerOpen: somebody else took it, or it was taken back, or has begun.
        helpline.operations.accept_swap.NotFree, helpline.operations.add_shift.ShiftOverlaps: they work or are away then.
        helpline.rotas.consequences.Consequences: it would break their rest. Only a lead may decide on that.
    """
    with explained(by):
        take_turns([offer.asked_by_id, by.pk])
        wanted = ShiftOffer.objects.filter(pk=offer.pk, kind=ShiftOffer.Kind.COVER, state=ShiftOffer.State.ASKED).exclude(asked_by=by)
        if wanted.update(state=ShiftOffer.State.TAKEN, accepted_by=by, changed_at=at) != 1:
            raise NoLongerOpen("This shift is taken, or was taken back. Load the page again to see who has it.")
        hand_over(offer, to=by.pk, at=at, known=())
        shift = offer.shift
        interval = Interval(shift.starts_at, shift.ends_at)
        told = [*accounts_of(offer.asked_by_id), *leads()]
        notify(RotaNotice.Kind.COVER_TAKEN, f"offer:{offer.pk}:taken", told, at=at, channel=shift.channel, interval=interval)
