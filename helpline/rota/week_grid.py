"""A week of the rota as a grid: a row for each counsellor, a column for each day, and sentences about what needs looking at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar import Interval
from helpline.calendar.rest import hours_worked
from helpline.calendar.wall_clock import local_date
from helpline.hours.calendars import calendars_in_use
from helpline.models import Organisation, ShiftOffer
from helpline.models.hours import Channel
from helpline.organisation import organisation
from helpline.rota.gaps import GapAhead, gaps_ahead
from helpline.rota.snapshot import PlannedShift, RotaSnapshot, load_rota_snapshot, local_days
from helpline.rota.wording import channel_words, rota_day_words, rota_days_words, rota_hours_words, rota_span_words, rota_times_words

WEEK, COUNTED_WEEKS = 7, 4
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class GridEntry:
    """A shift in the grid. `offer` says that someone would give it away."""

    pk: int
    counsellor_id: int
    name: str
    times: str
    channel: str
    published: bool
    offer: str
    begins: datetime


@dataclass(frozen=True)
class GridRow:
    """A counsellor's week: the entries and absences of each day, and their hours."""

    counsellor_id: int
    name: str
    cells: list[tuple[date, list[GridEntry], list[str]]]
    week: str
    month: str


@dataclass(frozen=True)
class GapLine:
    """A gap on a day of the grid."""

    channel: str
    interval: Interval
    times: str
    missing: int
    drafted: bool

    @property
    def channel_words(self) -> str:
        return channel_words(self.channel)


@dataclass(frozen=True)
class GridDay:
    """A date of the week, when the channels shown are open on it, and where someone is missing."""

    day: date
    short: str
    name: str
    opening: str
    today: bool
    gaps: list[GapLine]
    entries: list[GridEntry]
    away: list[str]


@dataclass(frozen=True)
class WeekGrid:
    """What the week's page shows."""

    monday: date
    title: str
    days: list[GridDay]
    rows: list[GridRow]
    warnings: list[str]
    drafts: int
    channel: str
    zone: ZoneInfo
    channels: list[tuple[str, str]]

    @property
    def before(self) -> date:
        return self.monday - WEEK * ONE_DAY

    @property
    def after(self) -> date:
        return self.monday + WEEK * ONE_DAY

    @property
    def has_gaps(self) -> bool:
        return any(day.gaps for day in self.days)


def week_grid(monday: date, *, channel: str, drafts: bool, at: datetime, own: Organisation | None = None) -> WeekGrid:
    """The week that begins on this Monday, in ten queries however many people and shifts there are.

    `channel` is empty for all of them; `drafts` are shown to those who make the rota, and to nobody else.
    """
    own = own or organisation()
    zone = ZoneInfo(own.time_zone)
    within = local_days(monday, WEEK, zone)
    counted = local_days(monday - WEEK * (COUNTED_WEEKS - 1) * ONE_DAY, WEEK * COUNTED_WEEKS, zone)
    picture = load_rota_snapshot(within, own=own, since=counted.start)
    seen = [work for work in picture.shifts if work.published or drafts]
    picked = Channel.served_by(channel) if channel else Channel.values
    shown = [work for work in seen if work.channel in picked and local_date(work.interval.start, zone) in set(picture.days())]
    offers = dict(
        ShiftOffer.objects.filter(shift__in=[work.pk for work in shown], state__in=ShiftOffer.OPEN).values_list("shift_id", "kind")
    )
    entries = [_entry(picture, work, offers.get(work.pk or 0, "")) for work in shown]
    by_place: dict[tuple[int, date], list[GridEntry]] = {}
    for entry in entries:
        by_place.setdefault((entry.counsellor_id, local_date(entry.begins, zone)), []).append(entry)
    gaps = _gap_lines(picture, channel, drafts=drafts, at=at)
    return WeekGrid(
        monday=monday,
        title=rota_days_words(monday, monday + (WEEK - 1) * ONE_DAY),
        days=[_day(picture, day, channel, gaps, entries, at) for day in picture.days()],
        rows=list(_rows(picture, seen, by_place, within, counted)),
        warnings=list(_warnings(picture, seen)),
        drafts=sum(not entry.published for entry in entries),
        channel=channel,
        zone=zone,
        channels=[(name, Channel(name).label) for name in calendars_in_use(picture.calendars)],
    )


def _entry(picture: RotaSnapshot, work: PlannedShift, kind: str) -> GridEntry:
    offer = {"": "", ShiftOffer.Kind.SWAP: "swap asked", ShiftOffer.Kind.COVER: "cover wanted"}[kind]
    times = rota_times_words(work.interval, picture.zone)
    return GridEntry(
        work.pk or 0, work.counsellor_id, picture.name(work.counsellor_id), times, work.channel, work.published, offer, work.interval.start
    )


def _rows(
    picture: RotaSnapshot,
    seen: Sequence[PlannedShift],
    by_place: dict[tuple[int, date], list[GridEntry]],
    within: Interval,
    counted: Interval,
) -> Iterator[GridRow]:
    duties = [work.duty for work in seen]
    week, month = hours_worked(duties, within), hours_worked(duties, counted)
    people = picture.active | {counsellor_id for counsellor_id, _ in by_place}
    for counsellor_id in sorted(people, key=lambda counsellor_id: (picture.name(counsellor_id).casefold(), counsellor_id)):
        cells = [(day, by_place.get((counsellor_id, day), []), _away_words(picture, counsellor_id, day)) for day in picture.days()]
        none = timedelta()
        yield GridRow(
            counsellor_id,
            picture.name(counsellor_id),
            cells,
            rota_hours_words(week.get(counsellor_id, none)),
            rota_hours_words(month.get(counsellor_id, none)),
        )


def _away_words(picture: RotaSnapshot, counsellor_id: int, day: date) -> list[str]:
    whole = local_days(day, 1, picture.zone)
    said = []
    for absence in picture.absences:
        if absence.counsellor_id == counsellor_id and absence.interval.overlaps(whole):
            part = Interval(max(absence.interval.start, whole.start), min(absence.interval.end, whole.end))
            said.append("away" if part == whole else f"away {rota_times_words(part, picture.zone)}")
    return said


def _gap_lines(picture: RotaSnapshot, channel: str, *, drafts: bool, at: datetime) -> list[GapAhead]:
    """The gaps of the channels shown. Someone who sees no drafts is not told of a draft that would close one."""
    return [gap for gap in gaps_ahead(picture, at=at, drafts=drafts) if channel in {"", gap.channel}]


def _day(picture: RotaSnapshot, day: date, channel: str, gaps: Sequence[GapAhead], entries: Sequence[GridEntry], at: datetime) -> GridDay:
    zone = picture.zone
    openings = {name: calendar.on(day) for name, calendar in calendars_in_use(picture.calendars).items() if channel in {"", name}}
    told = {name: ", ".join(rota_times_words(opening, zone) for opening in own) or "closed" for name, own in openings.items()}
    same = len(set(told.values())) == 1
    opening = next(iter(told.values())) if same else "; ".join(f"{channel_words(name)} {words}" for name, words in told.items())
    reasons = {reason for name in openings for reason in picture.calendars[name].named(day)}
    return GridDay(
        day=day,
        short=f"{day:%a} {day.day} {day:%b}",
        name=rota_day_words(day),
        opening=f"{opening} ({', '.join(sorted(reasons))})" if reasons else opening,
        today=local_date(at, zone) == day,
        gaps=[
            GapLine(gap.channel, gap.interval, rota_times_words(gap.interval, zone), gap.missing, gap.drafted)
            for gap in gaps
            if local_date(gap.interval.start, zone) == day
        ],
        entries=[entry for entry in entries if local_date(entry.begins, zone) == day],
        away=[
            f"{picture.name(counsellor_id)}: {words}"
            for counsellor_id in sorted(picture.active, key=picture.name)
            for words in _away_words(picture, counsellor_id, day)
        ],
    )


def _warnings(picture: RotaSnapshot, seen: Sequence[PlannedShift]) -> Iterator[str]:
    """Short rest, work while away, work while closed: of all channels, for a person's week is one."""
    zone = picture.zone
    for counsellor_id in sorted({work.counsellor_id for work in seen}, key=picture.name):
        for short in picture.short_rests(counsellor_id, seen):
            if short.later.overlaps(picture.within) or short.earlier.overlaps(picture.within):
                yield (
                    f"{picture.name(counsellor_id)} has {rota_hours_words(short.length)} of rest, less than eleven hours, "
                    f"before {rota_span_words(short.later, zone)}."
                )
    for work in seen:
        name, span = picture.name(work.counsellor_id), rota_span_words(work.interval, zone)
        if not work.interval.overlaps(picture.within):
            continue
        if any(absence.counsellor_id == work.counsellor_id and absence.interval.overlaps(work.interval) for absence in picture.absences):
            yield f"{name} is away during {span}, {channel_words(work.channel)}."
        if work.counsellor_id not in picture.active:
            yield f"{name} takes no shifts now, but has {span}."
        if picture.is_closed(work.channel, work.interval):
            yield f"Closed for all of {span}, {channel_words(work.channel)}: {name}."
