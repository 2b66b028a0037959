"""Open shifts: times with too few people, which counsellors take, or ask for, themselves.

An open shift has no row. It is a gap of the coming four weeks, cut as a lead would cut it, that no draft is going to close.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from helpline.calendar import Interval
from helpline.calendar.intervals import merge_intervals
from helpline.calendar.rest import Hindrance, hindrance
from helpline.models import Account, Counsellor, Organisation, RotaNotice, Shift, ShiftRequest
from helpline.organisation import organisation
from helpline.rota.gaps import cover_candidates, open_slots, snapshot_ahead
from helpline.rota.locking import lock_everybody
from helpline.rota.notices import queue_rota_notices
from helpline.rota.shifts import put_shift
from helpline.rota.snapshot import RotaSnapshot
from helpline.rota.swaps import check_free_for_shift
from helpline.staff.recipients import accounts_of, lead_accounts

Kind = RotaNotice.Kind
State = ShiftRequest.State
WHY_NOT = {
    None: "",
    Hindrance.SHIFT: "You have a shift then.",
    Hindrance.AWAY: "You are away then.",
    Hindrance.REST: "It would leave you less than eleven hours’ rest.",
}


class ShiftNotOpen(Exception):
    """The shift has enough people by now, has begun, or never was open; or the organisation does not let counsellors take any."""


class RequestNoLongerOpen(Exception):
    """The request was decided or withdrawn before."""


@dataclass(frozen=True)
class OpenShift:
    """A time on a channel that one person could take. `missing` is how many are; `why_not` is a sentence where this person cannot."""

    channel: str
    interval: Interval
    missing: int
    why_not: str = ""
    request: ShiftRequest | None = None


def open_shifts(who: Counsellor | None, *, at: datetime, picture: RotaSnapshot | None = None) -> list[OpenShift]:
    """Of the coming four weeks, in order, as this counsellor sees them; in a constant number of queries."""
    picture = picture or snapshot_ahead(at=at)
    found = [OpenShift(*each) for each in open_slots(picture, at=at)]
    if who is None:
        return found
    asked = ShiftRequest.objects.filter(counsellor=who, starts_at__gt=at, state__in=[State.ASKED, State.REFUSED]).order_by("changed_at")
    requests = {(each.channel, each.starts_at): each for each in asked}
    shifts = [work.interval for work in picture.shifts if work.counsellor_id == who.pk]
    absences = [absence.interval for absence in picture.absences if absence.counsellor_id == who.pk]
    return [
        replace(
            each,
            why_not=WHY_NOT[hindrance(each.interval, shifts, absences, picture.zone)],
            request=requests.get((each.channel, each.interval.start)),
        )
        for each in found
    ]


def take_open_shift(who: Counsellor, channel: str, interval: Interval, *, at: datetime) -> Shift:
    """Theirs at once; of two who take the last place at the same moment, one has it.

    Raises:
        ShiftNotOpen: someone was faster, it has begun, or counsellors of this organisation do not take shifts by themselves.
        helpline.rota.swaps.NotFreeForShift: they work or are away then, or take no shifts.
        helpline.rota.consequences.Consequences: it would break their rest. Only a lead may decide on that.
    """
    with transaction.atomic():
        lock_everybody()
        _demand_open(channel, interval, Organisation.OpenShifts.TAKE, at=at)
        check_free_for_shift(who, Shift(starts_at=interval.start, ends_at=interval.end))
        shift = _put(who, channel, interval, at=at, known=())
        key = f"open:{shift.pk}:taken"
        queue_rota_notices(Kind.OPEN_TAKEN, key, lead_accounts(besides=who.account_id), at=at, channel=channel, interval=interval)
        _end_filled_requests(at=at)
    return shift


def request_open_shift(who: Counsellor, channel: str, interval: Interval, *, at: datetime) -> ShiftRequest:
    """Asks for it; a lead decides.

    Raises:
        ShiftNotOpen: as for taking it, or they have asked for it already.
        helpline.rota.swaps.NotFreeForShift.
    """
    try:
        with transaction.atomic():
            _demand_open(channel, interval, Organisation.OpenShifts.ASK, at=at)
            check_free_for_shift(who, Shift(starts_at=interval.start, ends_at=interval.end))
            made = ShiftRequest.objects.create(
                counsellor=who, channel=channel, starts_at=interval.start, ends_at=interval.end, asked_at=at, changed_at=at
            )
            told = lead_accounts(besides=who.account_id)
            queue_rota_notices(Kind.OPEN_ASKED, f"request:{made.pk}:asked", told, at=at, channel=channel, interval=interval)
    except IntegrityError as error:
        raise ShiftNotOpen("You have asked for this shift already.") from error
    return made


def approve_shift_request(request: ShiftRequest, *, by: Account, at: datetime, known: Container[str]) -> Shift:
    """The shift is made, and other requests for what it fills end.

    Raises:
        RequestNoLongerOpen, ShiftNotOpen: someone decided before, or the rota has enough people then by now.
        helpline.rota.swaps.NotFreeForShift: they got another shift, or are away then.
        helpline.rota.consequences.Consequences: it would break their rest, and `known` does not have it.
    """
    interval = Interval(request.starts_at, request.ends_at)
    with transaction.atomic():
        lock_everybody()
        _decide(request, State.APPROVED, by=by, at=at)
        if not _lacks_someone(snapshot_ahead(at=at), request, at=at):
            raise ShiftNotOpen("This shift is no longer open. Load the page again to see which are.")
        check_free_for_shift(request.counsellor, Shift(starts_at=interval.start, ends_at=interval.end))
        shift = _put(request.counsellor, request.channel, interval, at=at, known=known)
        _end_filled_requests(at=at)
    return shift


def refuse_shift_request(request: ShiftRequest, *, by: Account, at: datetime) -> None:
    """Raises RequestNoLongerOpen: it was decided or withdrawn before."""
    with transaction.atomic():
        _decide(request, State.REFUSED, by=by, at=at)
        _tell_refused([request], at=at)


def withdraw_shift_request(request: ShiftRequest, *, by: Counsellor, at: datetime) -> None:
    """Raises RequestNoLongerOpen: it was decided or withdrawn before, or is someone else's."""
    mine = ShiftRequest.objects.filter(pk=request.pk, counsellor=by, state=State.ASKED)
    if mine.update(state=State.WITHDRAWN, changed_at=at) != 1:
        raise RequestNoLongerOpen("This request has already been decided or withdrawn. Load the page again to see what has happened.")


def ask_all_who_are_free(channel: str, interval: Interval, *, at: datetime) -> int:
    """An email to each counsellor who is free, not away and rested; how many there are. The same shift is asked about once a day."""
    _, found = cover_candidates(interval)
    told = accounts_of(*(one.counsellor_id for one in found))
    key = f"open:{channel}:{interval.start:%Y%m%d%H%M}:{at:%Y%m%d}"
    queue_rota_notices(Kind.OPEN_WANTED, key, told, at=at, channel=channel, interval=interval)
    return len(told)


def _lacks_someone(picture: RotaSnapshot, request: ShiftRequest, *, at: datetime) -> bool:
    """All of it is still a gap. It may be cut otherwise by now: of the gap that it was asked from, a part may be filled."""
    gaps = merge_intervals(gap.interval for gap in picture.gaps(request.channel, drafts=True))
    return request.starts_at > at and any(gap.start <= request.starts_at and request.ends_at <= gap.end for gap in gaps)


def _demand_open(channel: str, interval: Interval, way: str, *, at: datetime) -> None:
    if organisation().open_shifts != way:
        raise ShiftNotOpen("Your organisation has changed how open shifts are given. Load the page again.")
    if not any((each.channel, each.interval) == (channel, interval) for each in open_shifts(None, at=at)):
        raise ShiftNotOpen("This shift is no longer open. Load the page again to see which are.")


def _put(who: Counsellor, channel: str, interval: Interval, *, at: datetime, known: Container[str]) -> Shift:
    return put_shift(
        None, counsellor=who, channel=channel, starts_at=interval.start, ends_at=interval.end, published=True, at=at, known=known
    )


def _decide(request: ShiftRequest, state: State, *, by: Account, at: datetime) -> None:
    still = ShiftRequest.objects.filter(pk=request.pk, state=State.ASKED)
    if still.update(state=state, decided_by=by, changed_at=at) != 1:
        raise RequestNoLongerOpen("This request has already been decided or withdrawn. Load the page again to see what has happened.")


def _end_filled_requests(*, at: datetime) -> None:
    """Those that wait for what is open no longer are refused, and told so: nobody keeps an evening free for nothing."""
    waiting = ShiftRequest.objects.filter(state=State.ASKED, starts_at__gt=at).select_for_update().order_by("pk")
    if not waiting:
        return
    picture = snapshot_ahead(at=at)
    filled = [each for each in waiting if not _lacks_someone(picture, each, at=at)]
    ShiftRequest.objects.filter(pk__in=[each.pk for each in filled]).update(state=State.REFUSED, changed_at=at)
    _tell_refused(filled, at=at)


def _tell_refused(requests: Iterable[ShiftRequest], *, at: datetime) -> None:
    for each in requests:
        interval, told = Interval(each.starts_at, each.ends_at), accounts_of(each.counsellor_id)
        queue_rota_notices(Kind.OPEN_REFUSED, f"request:{each.pk}:refused", told, at=at, channel=each.channel, interval=interval)
