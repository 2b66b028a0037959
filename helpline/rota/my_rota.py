"""A counsellor's own rota: their next shifts, what they offered, what is asked of them, and their absences."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from helpline.calendar import Interval
from helpline.calendar.intervals import subtract_intervals
from helpline.models import Absence, Counsellor, RotaFeed, Shift, ShiftOffer
from helpline.rota.wording import channel_words, rota_span_words, rota_times_words


@dataclass(frozen=True)
class OwnShift:
    """A shift of one's own, with the offer that is open for it."""

    pk: int
    when: str
    channel: str
    offer: ShiftOffer | None
    begun: bool
    away: str = ""


@dataclass(frozen=True)
class OfferedShift:
    """A shift of someone else's that one could have."""

    offer: ShiftOffer
    when: str
    channel: str
    asked_by: str
    mine_to_refuse: bool
    in_return: str = ""


@dataclass(frozen=True)
class OwnAbsence:
    """An absence of one's own that is not over."""

    pk: int
    when: str


@dataclass(frozen=True)
class MyRota:
    """What the page "My shifts" shows."""

    shifts: list[OwnShift]
    asked: list[OfferedShift]
    cover: list[OfferedShift]
    accepted: list[OfferedShift]
    absences: list[OwnAbsence]
    feed: RotaFeed | None


def my_rota(who: Counsellor, *, at: datetime, zone: ZoneInfo) -> MyRota:
    """In four queries, however much there is."""
    shifts = list(Shift.objects.filter(counsellor=who, state=Shift.State.PUBLISHED, ends_at__gt=at))
    open_offers = ShiftOffer.objects.filter(state__in=ShiftOffer.OPEN, shift__starts_at__gt=at).select_related(
        "shift", "in_return", "asked_by", "offered_to", "accepted_by"
    )
    theirs = Q(asked_by=who) | Q(shift__counsellor=who) | Q(offered_to=who) | Q(offered_to=None) | Q(accepted_by=who)
    offers = list(open_offers.filter(theirs))
    absences = list(Absence.objects.filter(counsellor=who, ends_at__gt=at))
    # Of a shift that came to them with its offer too: who has it may take the offer back.
    own = {offer.shift_id: offer for offer in offers if who.pk in {offer.asked_by_id, offer.shift.counsellor_id}}
    others = [offer for offer in offers if offer.shift_id not in own]

    def offered(offer: ShiftOffer) -> OfferedShift:
        shift = offer.shift
        when = rota_span_words(Interval(shift.starts_at, shift.ends_at), zone)
        words = exchange_words(offer, zone)
        return OfferedShift(offer, when, channel_words(shift.channel), str(offer.asked_by), offer.offered_to_id == who.pk, words)

    asked = [offer for offer in others if offer.kind == ShiftOffer.Kind.SWAP and offer.state == ShiftOffer.State.ASKED]
    return MyRota(
        shifts=[
            OwnShift(
                shift.pk,
                rota_span_words(Interval(shift.starts_at, shift.ends_at), zone),
                channel_words(shift.channel),
                own.get(shift.pk),
                shift.starts_at <= at,
                _away(Interval(shift.starts_at, shift.ends_at), absences, zone),
            )
            for shift in shifts
        ],
        asked=[offered(offer) for offer in asked],
        cover=[offered(offer) for offer in others if offer.kind == ShiftOffer.Kind.COVER],
        accepted=[offered(offer) for offer in others if offer.accepted_by_id == who.pk],
        absences=[OwnAbsence(absence.pk, rota_span_words(Interval(absence.starts_at, absence.ends_at), zone)) for absence in absences],
        feed=RotaFeed.objects.filter(counsellor=who).first(),
    )


def exchange_words(offer: ShiftOffer, zone: ZoneInfo) -> str:
    """The shift that comes back in an exchange; nothing where none does."""
    back = offer.in_return
    return f"{rota_span_words(Interval(back.starts_at, back.ends_at), zone)}, {channel_words(back.channel)}" if back else ""


def _away(shift: Interval, absences: list[Absence], zone: ZoneInfo) -> str:
    """A sentence about what an absence leaves of the shift; nothing where it leaves all of it."""
    left = subtract_intervals([shift], [Interval(absence.starts_at, absence.ends_at) for absence in absences])
    if left == [shift]:
        return ""
    return (
        f"You are away. You work {' and '.join(rota_times_words(piece, zone) for piece in left)}."
        if left
        else "You are away for the whole shift."
    )
