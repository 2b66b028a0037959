"""A counsellor keeps the shift after all."""

from datetime import datetime

from django.db.models import Q

from helpline.models import Counsellor, Shift, ShiftOffer
from helpline.operations.accept_swap import NoLongerOpen


def withdraw_offer(offer: ShiftOffer, *, by: Counsellor, at: datetime) -> None:
    """One conditional update.

    Raises:
        NoLongerOpen: it was decided, taken or withdrawn before.
    """
    # Of whoever has the shift too, however it came to them: an offer that nobody could end would keep them from offering it.
    own = Q(asked_by=by) | Q(shift__in=Shift.objects.filter(counsellor=by))
    theirs = ShiftOffer.objects.filter(own, pk=offer.pk, state__in=ShiftOffer.OPEN)
    if theirs.update(state=ShiftOffer.State.WITHDRAWN, changed_at=at) != 1:
        raise NoLongerOpen("This offer is over already. Load the page again to see who has the shift.")
