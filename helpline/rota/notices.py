"""Emails about the rota: queued in the transaction of the change that they tell of, and sent later by `send_rota_notices`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from helpline.calendar import Interval
from helpline.calendar.wall_clock import local_date
from helpline.models import Counsellor, RotaNotice, Shift
from helpline.organisation import organisation
from helpline.rota.gaps import first_gap
from helpline.rota.wording import channel_words, rota_day_words, rota_span_words
from helpline.staff.recipients import lead_accounts
from helpline.web.outbox import Letter, send_waiting_letters

MOST_TRIES = 8
KEPT = timedelta(days=30)
FROM = time(7)
REMINDED_BEFORE = timedelta(hours=24)
Kind = RotaNotice.Kind
MINE, SWAPS, GAPS, OPEN = "desk:rota-mine", "desk:rota-swaps", "desk:rota-gaps", "desk:rota-open"
SAID = {
    Kind.PUBLISHED: (
        "Rota: a week has been published",
        "The rota for the week from {day} has been published. You have shifts in it.",
        MINE,
    ),
    Kind.CHANGED: ("Rota: one of your shifts has changed", "One of your shifts was added, changed or taken off: {shift}.", MINE),
    Kind.SHIFT_ADDED: ("Rota: a new shift", "You have a new shift: {shift}.", MINE),
    Kind.SHIFT_MOVED: ("Rota: one of your shifts has moved", "One of your shifts has moved. It is now: {shift}. It was: {was}.", MINE),
    Kind.SHIFT_LOST: ("Rota: a shift is no longer yours", "You no longer have this shift: {shift}.", MINE),
    Kind.SWAP_ASKED: ("Rota: can you take a shift?", "A colleague asks if you can take a shift: {shift}.", MINE),
    Kind.SWAP_ACCEPTED: (
        "Rota: a swap is waiting for a lead",
        "Someone has offered to take this shift: {shift}. A lead has to approve it.",
        SWAPS,
    ),
    Kind.SWAP_UNACCEPTED: ("Rota: a yes was withdrawn", "A yes to this shift was withdrawn: {shift}. The request is still open.", SWAPS),
    Kind.SWAP_APPROVED: ("Rota: a swap was approved", "One of your swaps was approved: {shift}. The rota has changed.", MINE),
    Kind.SWAP_REFUSED: ("Rota: a swap was refused", "One of your swaps was refused: {shift}. The rota has not changed.", MINE),
    Kind.COVER_WANTED: ("Rota: cover is wanted", "Cover is wanted for a shift: {shift}. The first person to take it has it.", MINE),
    Kind.COVER_TAKEN: ("Rota: a shift has cover", "Someone has taken the shift that needed cover: {shift}.", MINE),
    Kind.COVER_ENDED: ("Rota: cover is no longer wanted", "A lead ended the search for cover: {shift}. The shift is still yours.", MINE),
    Kind.OPEN_TAKEN: ("Rota: an open shift was taken", "Someone has taken an open shift: {shift}.", OPEN),
    Kind.OPEN_ASKED: ("Rota: someone asks for an open shift", "Someone asks for an open shift: {shift}. A lead has to decide.", OPEN),
    Kind.OPEN_REFUSED: (
        "Rota: a shift you asked for is not yours",
        "You asked for a shift, and it is not yours: {shift}. A lead refused, or someone else has it.",
        OPEN,
    ),
    Kind.OPEN_WANTED: ("Rota: can you take an open shift?", "Someone is needed for a shift, and you are free then: {shift}.", OPEN),
    Kind.SHIFT_SOON: (
        "Rota: you have a shift tomorrow",
        "You have a shift within a day: {shift}. To stop these reminders, use “My shifts”.",
        MINE,
    ),
    Kind.ABSENCE: ("Rota: shifts need cover because of an absence", "Because of an absence, these shifts need cover: {shift}.", GAPS),
    Kind.GAP: ("Rota: a gap ahead", "There are not enough people on the rota: {shift}. There may be more gaps.", GAPS),
}


def queue_rota_notices(
    kind: RotaNotice.Kind,
    key: str,
    accounts: Iterable[int],
    *,
    at: datetime,
    channel: str = "",
    interval: Interval | None = None,
    was: Shift | None = None,
) -> None:
    """Each account is told of this `key` once, however often it is asked for; `was` is a shift as it stood before it moved.

    Without email nobody waits for anything: the pages tell.
    """
    if not settings.SENDS_EMAIL:
        return
    starts_at, ends_at = (interval.start, interval.end) if interval else (None, None)
    notices = [
        RotaNotice(
            account_id=account,
            kind=kind,
            key=key,
            channel=channel,
            starts_at=starts_at,
            ends_at=ends_at,
            was_channel=was.channel if was else "",
            was_starts_at=was.starts_at if was else None,
            was_ends_at=was.ends_at if was else None,
            made_at=at,
            next_try_at=at,
        )
        for account in dict.fromkeys(accounts)
    ]
    RotaNotice.objects.bulk_create(notices, ignore_conflicts=True)


def send_rota_notices(*, at: datetime) -> int:
    """How many were sent. Two workers send each once; what was given up is kept as long as what was sent, so that it is told once."""
    RotaNotice.objects.filter(made_at__lt=at - KEPT).delete()
    waiting, active = RotaNotice.objects.filter(sent_at=None), Q(account__is_active=True)
    return send_waiting_letters(waiting, _letter, lambda row: row.update(sent_at=at), most_tries=MOST_TRIES, at=at, to_whom=active)


def _letter(notice: RotaNotice) -> Letter:
    interval = Interval(notice.starts_at, notice.ends_at) if notice.starts_at and notice.ends_at else None
    zone = ZoneInfo(organisation().time_zone)
    was = (notice.was_channel, Interval(notice.was_starts_at, notice.was_ends_at)) if notice.was_starts_at and notice.was_ends_at else None
    words = rota_notice_words(RotaNotice.Kind(notice.kind), notice.channel, interval, zone, was=was)
    address = f"{settings.ORIGIN}{reverse(words.page)}"
    text = f"{words.text}\n\n{address}\n\nYou need to sign in to open this address. For privacy, emails about the rota name nobody.\n"
    return Letter(f"Notice {notice.pk} of the rota", notice.account.email, words.subject, text)


def queue_gap_notices(*, at: datetime) -> None:
    """After seven in the morning, where a gap lies in the next four weeks; asking again on the same day changes nothing."""
    local = at.astimezone(ZoneInfo(organisation().time_zone))
    if local.time() < FROM:
        return
    gap = first_gap(at=at)
    if gap is not None:
        queue_rota_notices(
            RotaNotice.Kind.GAP, f"gap:{local.date().isoformat()}", lead_accounts(), at=at, channel=gap.channel, interval=gap.interval
        )


def queue_shift_reminders(*, at: datetime) -> None:
    """A day before a published shift begins, to a counsellor who wants to be reminded; once for each time it has."""
    soon = Shift.objects.filter(
        Counsellor.answering("counsellor__"),
        counsellor__reminded=True,
        state=Shift.State.PUBLISHED,
        starts_at__gt=at,
        starts_at__lte=at + REMINDED_BEFORE,
    )
    for shift in soon.select_related("counsellor"):
        interval, key = Interval(shift.starts_at, shift.ends_at), f"soon:{shift.pk}:{shift.starts_at:%Y%m%d%H%M}"
        queue_rota_notices(Kind.SHIFT_SOON, key, [shift.counsellor.account_id], at=at, channel=shift.channel, interval=interval)


@dataclass(frozen=True)
class RotaNoticeWords:
    """An email's subject and text, and the name of the page where one goes on."""

    subject: str
    text: str
    page: str


def rota_notice_words(
    kind: RotaNotice.Kind, channel: str, interval: Interval | None, zone: ZoneInfo, *, was: tuple[str, Interval] | None = None
) -> RotaNoticeWords:
    """The email for a kind of notice and the time it is about; `was` is the channel and time of before, of what moved."""
    subject, text, page = SAID[kind]
    day = rota_day_words(local_date(interval.start, zone)) if interval else ""
    before = _shift(*was, zone) if was else ""
    return RotaNoticeWords(subject, text.format(day=day, shift=_shift(channel, interval, zone), was=before), page)


def _shift(channel: str, interval: Interval | None, zone: ZoneInfo) -> str:
    where = f"{channel_words(channel)}, " if channel else ""
    return f"{where}{rota_span_words(interval, zone)}" if interval else "see the rota"
