"""A counsellor keeps the shift after all."""

from datetime import datetime

from helpline.models import Counsellor, ShiftOffer
from helpline.operations.accept_swap import NoLongerOpen


def withdraw_offer(offer: ShiftOffer, *, by: Counsellor, at: datetime) -> None:
    """One conditional update.

    Raises:
        NoLongerOpen: it was decided, taken or withdrawn before.
    """
    theirs = ShiftOffer.objects.filter(pk=offer.pk, asked_by=by, state__in=ShiftOffer.OPEN)
    if theirs.update(state=ShiftOffer.State.WITHDRAWN, changed_at=at) != 1:
        raise NoLongerOpen("This offer is over already. Load the page again to see who has the shift.")
