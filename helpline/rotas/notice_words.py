"""What an email about the rota says. It names no colleague, nobody who wrote, and no message: a mailbox may be anybody's to read."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from helpline.calendar import Interval
from helpline.calendar.wall_clock import local_date
from helpline.models import RotaNotice
from helpline.rotas.said import channel_words, day_words, span_words

Kind = RotaNotice.Kind
MINE, SWAPS, GAPS = "desk:rota-mine", "desk:rota-swaps", "desk:rota-gaps"


@dataclass(frozen=True)
class Words:
    """An email's subject and text, and the name of the page where one goes on."""

    subject: str
    text: str
    page: str


SAID = {
    Kind.PUBLISHED: ("Rota: a week is published", "The rota of the week from {day} is published, with shifts of yours in it.", MINE),
    Kind.CHANGED: ("Rota: a shift of yours has changed", "A shift of yours was added, changed or taken off: {shift}.", MINE),
    Kind.SHIFT_ADDED: ("Rota: a new shift", "You have a new shift: {shift}.", MINE),
    Kind.SHIFT_MOVED: ("Rota: a shift of yours has moved", "A shift of yours has moved. It is now: {shift}. It was: {was}.", MINE),
    Kind.SHIFT_LOST: ("Rota: a shift is no longer yours", "You no longer have this shift: {shift}.", MINE),
    Kind.SWAP_ASKED: ("Rota: can you take a shift?", "You are asked whether you can take a shift: {shift}.", MINE),
    Kind.SWAP_ACCEPTED: ("Rota: a swap waits for a lead", "Somebody would take this shift: {shift}. A lead has to approve it.", SWAPS),
    Kind.SWAP_UNACCEPTED: ("Rota: a yes was taken back", "A yes to this shift was taken back: {shift}. It is asked for as before.", SWAPS),
    Kind.SWAP_APPROVED: ("Rota: a swap is approved", "A swap of yours is approved: {shift}. The rota has changed.", MINE),
    Kind.SWAP_REFUSED: ("Rota: a swap was refused", "A swap of yours was refused: {shift}. The rota stays as it was.", MINE),
    Kind.COVER_WANTED: ("Rota: cover is wanted", "Cover is wanted for a shift: {shift}. Whoever takes it first has it.", MINE),
    Kind.COVER_TAKEN: ("Rota: a shift has cover", "The shift for which cover was wanted is taken: {shift}.", MINE),
    Kind.COVER_ENDED: ("Rota: cover is wanted no more", "A lead ended the search for cover: {shift}. The shift stays yours.", MINE),
    Kind.ABSENCE: ("Rota: shifts are left by an absence", "An absence leaves shifts uncovered: {shift}.", GAPS),
    Kind.GAP: ("Rota: a gap ahead", "Fewer people than needed are on the rota: {shift}. There may be more such gaps.", GAPS),
}


def words_of(
    kind: RotaNotice.Kind, channel: str, interval: Interval | None, zone: ZoneInfo, *, was: tuple[str, Interval] | None = None
) -> Words:
    """The email for a kind of notice and the time it is about; `was` is the channel and time of before, of what moved."""
    subject, text, page = SAID[kind]
    day = day_words(local_date(interval.start, zone)) if interval else ""
    before = _shift(*was, zone) if was else ""
    return Words(subject, text.format(day=day, shift=_shift(channel, interval, zone), was=before), page)


def _shift(channel: str, interval: Interval | None, zone: ZoneInfo) -> str:
    where = f"{channel_words(channel)}, " if channel else ""
    return f"{where}{span_words(interval, zone)}" if interval else "see the rota"
