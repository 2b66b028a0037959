"""Offers of cover: a counsellor offers a shift, and the first colleague to take it has it."""

from datetime import datetime

from helpline.calendar import Interval
from helpline.models import Counsellor, RotaNotice, Shift, ShiftOffer
from helpline.rota.cancelled_entries import note_cancelled_entries
from helpline.rota.locking import lock_counsellors
from helpline.rota.notices import queue_rota_notices
from helpline.rota.shifts import explain_refused_shift
from helpline.rota.swaps import OfferNoLongerOpen, hand_over_shift, make_shift_offer
from helpline.staff.recipients import accounts_of, lead_accounts


def offer_cover(shift: Shift, *, asked_by: Counsellor, at: datetime) -> ShiftOffer:
    """Cover wanted; the shift stays with the counsellor who asks until someone takes it, so that no gap comes of the asking.

    Raises:
        helpline.rota.swaps.CannotOfferShift: it is not theirs (any more), not published, has begun, or is offered already.
    """
    return make_shift_offer(ShiftOffer.Kind.COVER, shift, asked_by=asked_by, offered_to=None, at=at)


def take_cover(offer: ShiftOffer, *, by: Counsellor, at: datetime) -> None:
    """Theirs at once, by one conditional update: of two who take it at the same moment, one has it.

    Raises:
        helpline.rota.swaps.OfferNoLongerOpen: someone else took it, or it was taken back, or has begun.
        helpline.rota.swaps.NotFreeForShift, helpline.rota.shifts.ShiftOverlaps: they work or are away then.
        helpline.rota.consequences.Consequences: it would break their rest. Only a lead may decide on that.
    """
    with explain_refused_shift(by), note_cancelled_entries([offer.asked_by_id, by.pk], at=at):
        lock_counsellors([offer.asked_by_id, by.pk])
        wanted = ShiftOffer.objects.filter(pk=offer.pk, kind=ShiftOffer.Kind.COVER, state=ShiftOffer.State.ASKED).exclude(asked_by=by)
        if wanted.update(state=ShiftOffer.State.TAKEN, accepted_by=by, changed_at=at) != 1:
            raise OfferNoLongerOpen("This shift has been taken or withdrawn. Load the page again to see who has it.")
        hand_over_shift(offer, to=by.pk, at=at, known=())
        shift = offer.shift
        interval = Interval(shift.starts_at, shift.ends_at)
        told = [*accounts_of(offer.asked_by_id), *lead_accounts()]
        queue_rota_notices(RotaNotice.Kind.COVER_TAKEN, f"offer:{offer.pk}:taken", told, at=at, channel=shift.channel, interval=interval)
