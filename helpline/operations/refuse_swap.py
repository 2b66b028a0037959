"""A swap that will not be: a lead refuses it, or the one who was asked says no. And cover for which a lead looks no longer."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from helpline.calendar import Interval
from helpline.models import Account, Counsellor, RotaNotice, ShiftOffer
from helpline.operations.accept_swap import NoLongerOpen
from helpline.operations.notify import accounts_of, notify


def refuse_swap(offer: ShiftOffer, *, by: Account, at: datetime) -> None:
    """One conditional update; the shift stays where it is.

    Raises:
        helpline.operations.accept_swap.NoLongerOpen: it was decided or withdrawn before, or is not theirs to refuse.
    """
    # On the offer's own columns alone, so that of two at once the second sees what the first did.
    counsellor = Counsellor.objects.filter(account=by).values_list("pk", flat=True).first()
    theirs = Q(state=ShiftOffer.State.ASKED, offered_to__isnull=False, offered_to=counsellor)
    if by.role == Account.Role.LEAD:
        theirs |= Q(state__in=ShiftOffer.OPEN)
    with transaction.atomic():
        open_now = ShiftOffer.objects.filter(theirs, pk=offer.pk, kind=ShiftOffer.Kind.SWAP)
        if open_now.update(state=ShiftOffer.State.REFUSED, decided_by=by, changed_at=at) != 1:
            raise NoLongerOpen("This swap was decided or taken back already. Load the page again to see how it stands.")
        shift = offer.shift
        interval = Interval(shift.starts_at, shift.ends_at)
        told = accounts_of(offer.asked_by_id, offer.accepted_by_id)
        notify(RotaNotice.Kind.SWAP_REFUSED, f"offer:{offer.pk}:refused", told, at=at, channel=shift.channel, interval=interval)


def end_cover(offer: ShiftOffer, *, by: Account, at: datetime) -> None:
    """A lead ends the search for cover, by one conditional update; the shift stays where it is.

    Raises:
        helpline.operations.accept_swap.NoLongerOpen: it was taken or taken back.
    """
    with transaction.atomic():
        open_now = ShiftOffer.objects.filter(pk=offer.pk, kind=ShiftOffer.Kind.COVER, state=ShiftOffer.State.ASKED)
        if open_now.update(state=ShiftOffer.State.WITHDRAWN, decided_by=by, changed_at=at) != 1:
            raise NoLongerOpen("This shift is taken, or was taken back. Load the page again to see who has it.")
        shift = offer.shift
        interval, told = Interval(shift.starts_at, shift.ends_at), accounts_of(offer.asked_by_id, shift.counsellor_id)
        notify(RotaNotice.Kind.COVER_ENDED, f"offer:{offer.pk}:ended", told, at=at, channel=shift.channel, interval=interval)
