"""Swaps: a counsellor asks for one, a colleague accepts or refuses, and a lead approves or refuses."""

from collections.abc import Container, Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from helpline.calendar import Interval
from helpline.models import Absence, Account, Counsellor, RotaNotice, Shift, ShiftOffer
from helpline.organisation import organisation
from helpline.rota.cancelled_entries import note_cancelled_entries
from helpline.rota.consequences import allow_consequences, shift_consequences
from helpline.rota.locking import lock_counsellors
from helpline.rota.notices import queue_rota_notices
from helpline.rota.shifts import explain_refused_shift
from helpline.rota.snapshot import PlannedShift, days_around, load_rota_snapshot
from helpline.staff.recipients import accounts_of, counsellor_accounts, lead_accounts


class OfferNoLongerOpen(Exception):
    """Someone else was faster, or the offer was taken back."""


class NotFreeForShift(Exception):
    """The counsellor who would take the shift works or is away then, or takes no shifts at all."""


def accept_swap(offer: ShiftOffer, *, by: Counsellor, at: datetime) -> None:
    """One conditional update: of two who accept at once, one does.

    Raises:
        OfferNoLongerOpen: it is accepted, decided or withdrawn already, offered to someone else, or the shift has begun.
        NotFreeForShift: they have another shift then, or are away.
    """
    with transaction.atomic():
        lock_counsellors([by.pk])
        shift = Shift.objects.filter(pk=offer.shift_id, starts_at__gt=at).first()
        # The condition is on the offer's own columns alone: of two at once the second is then compared with the row as the first left it.
        # A condition on the shift would be a subquery, which Postgres answers from before the first was done.
        mine = ShiftOffer.objects.filter(
            Q(offered_to=by) | Q(offered_to=None), pk=offer.pk, kind=ShiftOffer.Kind.SWAP, state=ShiftOffer.State.ASKED
        ).exclude(asked_by=by)
        if shift is None or mine.update(state=ShiftOffer.State.ACCEPTED, accepted_by=by, changed_at=at) != 1:
            raise OfferNoLongerOpen("This swap is no longer open to you. Load the page again to see what has happened.")
        check_free_for_shift(by, shift, besides=[offer.in_return_id])
        interval = Interval(shift.starts_at, shift.ends_at)
        told = [*accounts_of(offer.asked_by_id), *lead_accounts()]
        # Each yes is told: one may have been taken back before.
        key = f"offer:{offer.pk}:accepted:{at:%Y%m%d%H%M%S}"
        queue_rota_notices(RotaNotice.Kind.SWAP_ACCEPTED, key, told, at=at, channel=shift.channel, interval=interval)


def check_free_for_shift(who: Counsellor, shift: Shift, *, besides: Iterable[int | None] = ()) -> None:
    """Looks under `lock_counsellors`, at what they have but `besides`; the database refuses two shifts at once in any case.

    Raises:
        NotFreeForShift.
    """
    if not Counsellor.objects.filter(Counsellor.answering(), pk=who.pk).exists():
        raise NotFreeForShift(f"{who} does not take shifts now.")
    then = {"counsellor": who, "starts_at__lt": shift.ends_at, "ends_at__gt": shift.starts_at}
    if Shift.objects.filter(**then).exclude(pk__in=[pk for pk in (shift.pk, *besides) if pk]).exists():
        raise NotFreeForShift(f"{who} has another shift at that time.")
    if Absence.objects.filter(**then).exists():
        raise NotFreeForShift(f"{who} is away at that time.")


def approve_swap(offer: ShiftOffer, *, by: Account, at: datetime, known: Container[str]) -> None:
    """The offer by one conditional update, the shift by another, in one transaction.

    Raises:
        helpline.rota.swaps.OfferNoLongerOpen: it was decided or withdrawn, or the shift moved or began.
        helpline.rota.swaps.NotFreeForShift, helpline.rota.shifts.ShiftOverlaps: they got another shift, or are away then.
        helpline.rota.consequences.Consequences: it would break someone's rest, and `known` does not have it.
    """
    accepted_by = offer.accepted_by
    if accepted_by is None:
        raise OfferNoLongerOpen("Nobody has accepted this swap yet.")
    with explain_refused_shift(accepted_by), note_cancelled_entries([offer.asked_by_id, accepted_by.pk], at=at):
        lock_counsellors([offer.asked_by_id, accepted_by.pk])
        agreed = ShiftOffer.objects.filter(pk=offer.pk, state=ShiftOffer.State.ACCEPTED, accepted_by=accepted_by)
        if agreed.update(state=ShiftOffer.State.APPROVED, decided_by=by, changed_at=at) != 1:
            raise OfferNoLongerOpen("This swap has already been decided or withdrawn. Load the page again to see what has happened.")
        hand_over_shift(offer, to=accepted_by.pk, at=at, known=known)
        shift = offer.shift
        interval = Interval(shift.starts_at, shift.ends_at)
        told = accounts_of(offer.asked_by_id, accepted_by.pk)
        queue_rota_notices(
            RotaNotice.Kind.SWAP_APPROVED, f"offer:{offer.pk}:approved", told, at=at, channel=shift.channel, interval=interval
        )


def hand_over_shift(offer: ShiftOffer, *, to: int, at: datetime, known: Container[str]) -> None:
    """Gives the shift to someone, and in an exchange theirs to the one who offered, inside the transaction that decided so.

    Raises:
        OfferNoLongerOpen, NotFreeForShift, Consequences; the database's own error when they have another shift then.
    """
    moves = [(offer.shift_id, offer.asked_by_id, to)]
    if offer.in_return_id is not None:
        moves.append((offer.in_return_id, to, offer.asked_by_id))
    shifts = Shift.objects.in_bulk([pk for pk, _, _ in moves])
    if len(shifts) < len(moves):
        raise OfferNoLongerOpen("This shift has been taken off the rota.")
    for pk, _, taker in moves:
        check_free_for_shift(Counsellor.objects.select_related("account").get(pk=taker), shifts[pk], besides=shifts)
    picture = load_rota_snapshot(days_around([_interval(shift) for shift in shifts.values()], organisation()))
    added = [PlannedShift(pk, taker, shifts[pk].channel, _interval(shifts[pk])) for pk, _, taker in moves]
    allow_consequences(shift_consequences(picture, removed=list(shifts), added=added), known=known)
    for pk, owner, taker in moves:
        still = Shift.objects.filter(pk=pk, counsellor=owner, state=Shift.State.PUBLISHED, starts_at__gt=at)
        if still.update(counsellor=taker, changed_at=at, sequence=F("sequence") + 1) != 1:
            raise OfferNoLongerOpen("This shift has started, or someone else has it now.")
    # What else was offered of these, or for them, was offered by someone who has them no longer.
    others = ShiftOffer.objects.filter(Q(shift__in=shifts) | Q(in_return__in=shifts), state__in=ShiftOffer.OPEN).exclude(pk=offer.pk)
    others.update(state=ShiftOffer.State.WITHDRAWN, changed_at=at)


def _interval(shift: Shift) -> Interval:
    return Interval(shift.starts_at, shift.ends_at)


class CannotOfferShift(Exception):
    """The shift is not theirs to offer, or not now; the sentence says why."""


def ask_swap(
    shift: Shift, *, asked_by: Counsellor, offered_to: Counsellor | None, at: datetime, in_return: Shift | None = None
) -> ShiftOffer:
    """Offers the shift, alone or for one of theirs `in_return`; both stay where they are until a lead has approved.

    Raises:
        CannotOfferShift: it is not theirs (any more), not published, has begun, or is offered already; the one who is asked cannot be; or
            what comes back is not that person's, or is at the same time.
    """
    if offered_to is not None and offered_to.pk == asked_by.pk:
        raise CannotOfferShift("Choose someone else: you already have this shift.")
    if offered_to is not None and not offered_to.answers:
        raise CannotOfferShift(f"{offered_to} does not take shifts now. Choose someone else.")
    if in_return is not None:
        theirs = Shift.objects.filter(pk=in_return.pk, state=Shift.State.PUBLISHED, starts_at__gt=at)
        if offered_to is None or not theirs.filter(counsellor=offered_to).exists():
            raise CannotOfferShift("The shift you want in return is not theirs any more. Choose another.")
        if _interval(in_return).overlaps(_interval(shift)):
            raise CannotOfferShift("These two shifts are at the same time. Ask a lead to change them over.")
    return make_shift_offer(ShiftOffer.Kind.SWAP, shift, asked_by=asked_by, offered_to=offered_to, at=at, in_return=in_return)


def make_shift_offer(
    kind: ShiftOffer.Kind,
    shift: Shift,
    *,
    asked_by: Counsellor,
    offered_to: Counsellor | None,
    at: datetime,
    in_return: Shift | None = None,
) -> ShiftOffer:
    """One row; the database lets a shift have one open offer.

    Raises:
        CannotOfferShift.
    """
    try:
        with transaction.atomic():
            lock_counsellors([asked_by.pk])
            theirs = Shift.objects.filter(pk=shift.pk, counsellor=asked_by, state=Shift.State.PUBLISHED, starts_at__gt=at).first()
            if theirs is None:
                raise CannotOfferShift("You can offer only a shift of your own that is published and has not started.")
            made = ShiftOffer.objects.create(
                kind=kind,
                shift=theirs,
                in_return=in_return,
                asked_by=asked_by,
                offered_to=offered_to,
                asked_at=at,
                changed_at=at,
                state=ShiftOffer.State.ASKED,
            )
            told = accounts_of(offered_to.pk) if offered_to else counsellor_accounts(besides=[asked_by.pk])
            notice = RotaNotice.Kind.SWAP_ASKED if kind == ShiftOffer.Kind.SWAP else RotaNotice.Kind.COVER_WANTED
            interval = Interval(theirs.starts_at, theirs.ends_at)
            queue_rota_notices(notice, f"offer:{made.pk}:asked", told, at=at, channel=theirs.channel, interval=interval)
    except IntegrityError as error:
        raise CannotOfferShift("This shift is already on offer. Withdraw that offer first.") from error
    return made


def refuse_swap(offer: ShiftOffer, *, by: Account, at: datetime) -> None:
    """One conditional update; the shift stays where it is.

    Raises:
        helpline.rota.swaps.OfferNoLongerOpen: it was decided or withdrawn before, or is not theirs to refuse.
    """
    # On the offer's own columns alone, so that of two at once the second sees what the first did.
    counsellor = Counsellor.objects.filter(account=by).values_list("pk", flat=True).first()
    theirs = Q(state=ShiftOffer.State.ASKED, offered_to__isnull=False, offered_to=counsellor)
    if by.role == Account.Role.LEAD:
        theirs |= Q(state__in=ShiftOffer.OPEN)
    with transaction.atomic():
        open_now = ShiftOffer.objects.filter(theirs, pk=offer.pk, kind=ShiftOffer.Kind.SWAP)
        if open_now.update(state=ShiftOffer.State.REFUSED, decided_by=by, changed_at=at) != 1:
            raise OfferNoLongerOpen("This swap has already been decided or withdrawn. Load the page again to see what has happened.")
        shift = offer.shift
        interval = Interval(shift.starts_at, shift.ends_at)
        told = accounts_of(offer.asked_by_id, offer.accepted_by_id)
        queue_rota_notices(RotaNotice.Kind.SWAP_REFUSED, f"offer:{offer.pk}:refused", told, at=at, channel=shift.channel, interval=interval)


def end_cover(offer: ShiftOffer, *, by: Account, at: datetime) -> None:
    """A lead ends the search for cover, by one conditional update; the shift stays where it is.

    Raises:
        helpline.rota.swaps.OfferNoLongerOpen: it was taken or taken back.
    """
    with transaction.atomic():
        open_now = ShiftOffer.objects.filter(pk=offer.pk, kind=ShiftOffer.Kind.COVER, state=ShiftOffer.State.ASKED)
        if open_now.update(state=ShiftOffer.State.WITHDRAWN, decided_by=by, changed_at=at) != 1:
            raise OfferNoLongerOpen("This shift has been taken or withdrawn. Load the page again to see who has it.")
        shift = offer.shift
        interval, told = Interval(shift.starts_at, shift.ends_at), accounts_of(offer.asked_by_id, shift.counsellor_id)
        queue_rota_notices(RotaNotice.Kind.COVER_ENDED, f"offer:{offer.pk}:ended", told, at=at, channel=shift.channel, interval=interval)


def withdraw_offer(offer: ShiftOffer, *, by: Counsellor, at: datetime) -> None:
    """One conditional update.

    Raises:
        OfferNoLongerOpen: it was decided, taken or withdrawn before.
    """
    # Of whoever has the shift too, however it came to them: an offer that nobody could end would keep them from offering it.
    own = Q(asked_by=by) | Q(shift__in=Shift.objects.filter(counsellor=by))
    theirs = ShiftOffer.objects.filter(own, pk=offer.pk, state__in=ShiftOffer.OPEN)
    if theirs.update(state=ShiftOffer.State.WITHDRAWN, changed_at=at) != 1:
        raise OfferNoLongerOpen("This offer has already ended. Load the page again to see who has the shift.")


def unaccept_swap(offer: ShiftOffer, *, by: Counsellor, at: datetime) -> None:
    """One conditional update; the swap is asked for as before.

    Raises:
        OfferNoLongerOpen: a lead decided, it was taken back, or someone else said yes.
    """
    with transaction.atomic():
        mine = ShiftOffer.objects.filter(pk=offer.pk, kind=ShiftOffer.Kind.SWAP, state=ShiftOffer.State.ACCEPTED, accepted_by=by)
        if mine.update(state=ShiftOffer.State.ASKED, accepted_by=None, changed_at=at) != 1:
            raise OfferNoLongerOpen("This swap has already been decided or withdrawn. Load the page again to see what has happened.")
        shift, told = offer.shift, [*accounts_of(offer.asked_by_id), *lead_accounts()]
        interval, key = Interval(shift.starts_at, shift.ends_at), f"offer:{offer.pk}:unaccepted:{at:%Y%m%d%H%M%S}"
        queue_rota_notices(RotaNotice.Kind.SWAP_UNACCEPTED, key, told, at=at, channel=shift.channel, interval=interval)
