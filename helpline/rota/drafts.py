"""Which of the shifts that someone wants can be drafted beside what stands already, and why the others cannot."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar import Interval
from helpline.calendar.wall_clock import DAY_MINUTES, at_minute
from helpline.models import Shift
from helpline.models.rota import LONGEST_SHIFT
from helpline.rota.snapshot import RotaSnapshot
from helpline.rota.wording import channel_words, rota_span_words, rota_times_words

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WantedShift:
    """A shift by the clock on the wall: minutes from the midnight of `day`, beyond 1440 on the next one."""

    counsellor_id: int
    channel: str
    day: date
    starts: int
    ends: int
    pattern: int | None = None


@dataclass
class DraftedShifts:
    """What was made, and in sentences what was not."""

    shifts: list[Shift] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def shift_interval(day: date, starts: int, ends: int, zone: ZoneInfo) -> Interval | None:
    """The wall-clock times as instants of this very date, whatever the clocks do on it; None if they skip all of it."""
    start = at_minute(day + starts // DAY_MINUTES * ONE_DAY, starts % DAY_MINUTES, zone)
    # The midnight that ends a day is the next day's first minute; computed there, both are one rule.
    end = at_minute(day + ends // DAY_MINUTES * ONE_DAY, ends % DAY_MINUTES, zone)
    return Interval(start, end) if start < end else None


def local_shift_minutes(interval: Interval, zone: ZoneInfo) -> tuple[date, int, int]:
    """The other way: the local date on which it starts, and both ends in minutes from that midnight."""
    start, end = interval.start.astimezone(zone), interval.end.astimezone(zone)
    days = (end.date() - start.date()).days
    return start.date(), start.hour * 60 + start.minute, days * DAY_MINUTES + end.hour * 60 + end.minute


def draft_shifts(picture: RotaSnapshot, wanted: Iterable[WantedShift]) -> DraftedShifts:
    """Rows for what fits; nothing is saved here. What stands already exactly so is left alone without a word."""
    drafted = DraftedShifts()
    taken: dict[int, list[tuple[str, Interval]]] = {}
    for work in picture.shifts:
        taken.setdefault(work.counsellor_id, []).append((work.channel, work.interval))
    for one in wanted:
        interval = shift_interval(one.day, one.starts, one.ends, picture.zone)
        own = taken.setdefault(one.counsellor_id, [])
        pieces = _pieces(interval) if interval else []
        if pieces and all((one.channel, piece) in own for piece in pieces):
            continue
        if why := _obstacle(picture, one, interval, own):
            drafted.left_out.append(why)
            continue
        own += [(one.channel, piece) for piece in pieces]
        for piece in pieces:
            shift = Shift(
                counsellor_id=one.counsellor_id, channel=one.channel, starts_at=piece.start, ends_at=piece.end, state=Shift.State.DRAFT
            )
            # The first piece is the pattern's: by it the pattern knows that this date was made.
            if one.pattern and piece is pieces[0]:
                shift.pattern_id, shift.pattern_on = one.pattern, one.day
            drafted.shifts.append(shift)
    return drafted


def _pieces(interval: Interval) -> list[Interval]:
    """The shift, or two where the clocks go back in it and six hours on the wall are seven."""
    middle = interval.start + LONGEST_SHIFT
    return [interval] if interval.end <= middle else [Interval(interval.start, middle), Interval(middle, interval.end)]


def _obstacle(picture: RotaSnapshot, wanted: WantedShift, interval: Interval | None, own: list[tuple[str, Interval]]) -> str:
    name = picture.name(wanted.counsellor_id)
    if interval is None:
        return f"{name}, {wanted.day:%A} {wanted.day.day} {wanted.day:%B}: the clocks go forward and skip this whole shift."
    when = f"{name}, {rota_span_words(interval, picture.zone)}"
    if wanted.counsellor_id not in picture.active:
        return f"{when}: {name} does not take shifts now."
    if clash := next((other for _, other in own if other.overlaps(interval)), None):
        return f"{when}: has a shift at {rota_times_words(clash, picture.zone)} already."
    if picture.is_closed(wanted.channel, interval):
        reason = picture.calendars[wanted.channel].reason(interval.start)
        return f"{when}: {channel_words(wanted.channel)} closed{f' ({reason})' if reason else ''}."
    if picture.is_away(wanted.counsellor_id, interval):
        return f"{when}: is away."
    return ""
