"""Whoever said yes to a swap says no after all, before a lead has approved it."""

from datetime import datetime

from django.db import transaction

from helpline.calendar import Interval
from helpline.models import Counsellor, RotaNotice, ShiftOffer
from helpline.operations.accept_swap import NoLongerOpen
from helpline.operations.notify import accounts_of, leads, notify


def unaccept_swap(offer: ShiftOffer, *, by: Counsellor, at: datetime) -> None:
    """One conditional update; the swap is asked for as before.

    Raises:
        NoLongerOpen: a lead decided, it was taken back, or somebody else said yes.
    """
    with transaction.atomic():
        mine = ShiftOffer.objects.filter(pk=offer.pk, kind=ShiftOffer.Kind.SWAP, state=ShiftOffer.State.ACCEPTED, accepted_by=by)
        if mine.update(state=ShiftOffer.State.ASKED, accepted_by=None, changed_at=at) != 1:
            raise NoLongerOpen("This swap was decided or taken back already. Load the page again to see how it stands.")
        shift, told = offer.shift, [*accounts_of(offer.asked_by_id), *leads()]
        interval, key = Interval(shift.starts_at, shift.ends_at), f"offer:{offer.pk}:unaccepted:{at:%Y%m%d%H%M%S}"
        notify(RotaNotice.Kind.SWAP_UNACCEPTED, key, told, at=at, channel=shift.channel, interval=interval)
