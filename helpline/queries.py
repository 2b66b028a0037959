"""What others may ask of the helpline's rows. Each loads rows, hands them to the pure calendar, and keeps nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpline import calendar
from helpline.calendar.answer import LOOK_BACK_DAYS
from helpline.calendar.intervals import Interval, instant
from helpline.calendar.rota import Duty, time_on_duty
from helpline.calendar.wall_clock import at_minute, local_date, monday_of
from helpline.calendars import ANSWERING, calendars_of, duties
from helpline.models import Absence, ConfidentialityTerms, Organisation, Shift, TranslatedTerms
from helpline.models.hours import Channel
from helpline.models.rota import LONGEST_SHIFT
from helpline.models.select import select
from helpline.taking import Taking, taking

ONLY = 1  # The primary key of the one organisation.
OF_TERMS = tuple(field.attname for field in ConfidentialityTerms._meta.concrete_fields)  # noqa: SLF001 - documented
OF_ORGANISATION = tuple(field.attname for field in Organisation._meta.concrete_fields)  # noqa: SLF001 - documented


def organisation() -> Organisation:
    """The installation's organisation; a nameless one, open never, before an admin has described it."""
    rows = select(Organisation, OF_ORGANISATION, "id = %s", ONLY)
    return Organisation.from_db("default", OF_ORGANISATION, rows[0]) if rows else Organisation(pk=ONLY, name="Helpline", phone="")


def today(*, at: datetime) -> date:
    """The organisation's own date at `at`."""
    return local_date(at, ZoneInfo(organisation().time_zone))


def current_terms() -> ConfidentialityTerms:
    """The newest version of the terms.

    Raises:
        ConfidentialityTerms.DoesNotExist: none was ever published, so nobody may be asked to accept any.
    """
    rows = select(ConfidentialityTerms, OF_TERMS, "version > 0 ORDER BY version DESC LIMIT 1")
    if not rows:
        raise ConfidentialityTerms.DoesNotExist
    return ConfidentialityTerms.from_db("default", OF_TERMS, rows[0])


def terms_version(version: int) -> ConfidentialityTerms | None:
    """The terms of that version, or None: what somebody once accepted stays readable."""
    return ConfidentialityTerms.objects.filter(version=version).first()


def translated_terms(terms: ConfidentialityTerms, language: str) -> str | None:
    """The same version in another language, or None where nobody has translated it."""
    rows = select(TranslatedTerms, ("text",), "terms_id = %s AND language = %s", terms.pk, language)
    return rows[0][0] if rows else None


def availability(
    *, channel: str, at: datetime, nation: str | None = None, calendar_only: bool = False, with_breaks: bool = True
) -> calendar.Availability:
    """How the channel stands at `at`: one organisation, its hours, its rota, in at most seven queries however much there is.

    `nation` stands in for the organisation's own; `calendar_only` leaves the rota out. Breaks are those that are known now: without
    `with_breaks` whoever has one counts as on duty, as they do in the rota.

    Raises:
        helpline.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant, helpline.calendar.public_holidays.UnknownNation.
    """
    at, own = instant(at), organisation()
    calendars = calendars_of(own, (channel,), at=at, nation=nation)
    return _answers(own, calendars, at, calendar_only=calendar_only, with_breaks=with_breaks)[channel]


def taking_messages(*, at: datetime) -> Taking:
    """Whether anybody may be asked to write at `at`: there are terms to accept, and whoever takes messages could."""
    terms = select(ConfidentialityTerms, ("version",), "version > 0 LIMIT 1")
    return taking(at) if terms else Taking(possible=False)


@dataclass(frozen=True)
class Standing:
    """How phone and messages stand at one instant, whose they are, and the calendars that say so.

    While messages cannot be taken they are closed, whatever the calendar says, with no opening and no promise.
    """

    organisation: Organisation
    phone: calendar.Availability
    messages: calendar.Availability
    calendars: dict[str, calendar.Calendar]
    takes_messages: bool = True

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.organisation.time_zone)

    @property
    def today(self) -> date:
        """The organisation's own date."""
        return local_date(self.phone.at, self.zone)

    @property
    def offered(self) -> dict[str, calendar.Calendar]:
        """The calendars of the ways that there are: without a number nobody can call."""
        return {name: own for name, own in self.calendars.items() if name != Channel.PHONE or self.organisation.phone}


def standing(*, at: datetime) -> Standing:
    """Both channels at `at` as people are told of them, in the seven queries that one of them takes, and two about taking messages.

    Raises:
        helpline.calendar.intervals.NotAnInstant.
    """
    at, own = instant(at), organisation()
    calendars = calendars_of(own, Channel.values, at=at)
    answers = _answers(own, calendars, at)
    taken = taking_messages(at=at)
    messages = _as_taken(answers[Channel.MESSAGES], taken)
    return Standing(own, answers[Channel.PHONE], messages, calendars, taken.possible)


def _as_taken(messages: calendar.Availability, taken: Taking) -> calendar.Availability:
    changes_at = min(filter(None, [messages.changes_at if taken.possible else None, taken.changes_at]), default=None)
    if taken.possible:
        return replace(messages, changes_at=changes_at)
    closed = calendar.State.CLOSED
    return replace(messages, state=closed, opens_at=None, closes_at=None, reason=None, reply_by=None, changes_at=changes_at)


def _answers(
    own: Organisation, calendars: dict[str, calendar.Calendar], at: datetime, *, calendar_only: bool = False, with_breaks: bool = True
) -> dict[str, calendar.Availability]:
    duty = {} if calendar_only else duties(list(calendars), at, with_breaks=with_breaks)
    promise = timedelta(minutes=own.promise_minutes)
    return {
        channel: calendar.availability(found, channel=channel, at=at, promise=promise, duty=duty.get(channel))
        for channel, found in calendars.items()
    }


def is_open(*, channel: str, at: datetime) -> bool:
    """Whether the channel is open by the calendar, whoever is on duty; in five queries.

    Raises:
        helpline.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant.
    """
    at = instant(at)
    return calendar_of(organisation(), channel=channel, at=at).is_open(at)


def reply_by(*, channel: str, at: datetime) -> datetime | None:
    """By when a message of `at` is answered: `availability`'s own answer, without working out the rest of it.

    Raises:
        helpline.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant.
    """
    at, own = instant(at), organisation()
    return calendar.add_working_time(calendar_of(own, channel=channel, at=at), at, timedelta(minutes=own.promise_minutes))


def half_promise_ago(*, channel: str, at: datetime) -> datetime | None:
    """What came then or earlier has waited for half of the promised working time, as the calendar stands now.

    Raises:
        helpline.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant.
    """
    at, own = instant(at), organisation()
    known = calendar_of(own, channel=channel, at=at - timedelta(days=LOOK_BACK_DAYS))
    return calendar.working_time_ago(known, at, timedelta(minutes=own.promise_minutes) / 2)


def working_time(*, channel: str, since: datetime, at: datetime) -> timedelta:
    """The time that the channel was open from one instant to the other, as the calendar stands now; in five queries.

    Raises:
        helpline.calendars.UnknownChannel, helpline.calendar.intervals.NotAnInstant.
    """
    since, at = instant(since), instant(at)
    return calendar.working_time(calendar_of(organisation(), channel=channel, at=since), since, at)


def on_duty(*, channel: str, at: datetime) -> list[int]:
    """The primary keys of the counsellors who have a current published shift, are not away, and whose account is active; one query."""
    return list(current_shifts(channel=channel, at=at))


def current_shifts(*, channel: str, at: datetime) -> dict[int, int]:
    """For each counsellor on duty the primary key of the shift, in the counsellors' order; one query. A break ends no shift."""
    # No shift is longer than six hours, so the index is read over six hours of ends, however long the rota has grown.
    current = "channel = %s AND state = %s AND ends_at > %s AND ends_at <= %s AND starts_at <= %s"
    away = f"SELECT counsellor_id FROM {Absence._meta.db_table} WHERE starts_at <= %s AND ends_at > %s"  # noqa: S608, SLF001 - no value
    condition = f"{current} AND {ANSWERING} AND counsellor_id NOT IN ({away}) ORDER BY counsellor_id"
    values = channel, Shift.State.PUBLISHED, at, at + LONGEST_SHIFT, at, at, at
    return dict(select(Shift, ("counsellor_id", "id"), condition, *values))


@dataclass(frozen=True)
class Week:
    """The week of an instant by the organisation's clock: its Monday, and each counsellor's time on duty in it until then."""

    monday: date
    worked: dict[int, timedelta]


def week_on_duty(counsellors: list[int], *, channel: str, at: datetime) -> Week:
    """How long each of these was on duty this week until `at`: published shifts without absences, in three queries."""
    zone = ZoneInfo(organisation().time_zone)
    monday = monday_of(local_date(at, zone))
    week = Interval(at_minute(monday, 0, zone), max(at, at_minute(monday, 1, zone)))
    theirs = {"counsellor__in": counsellors, "starts_at__lt": week.end, "ends_at__gt": week.start}
    shifts = Shift.objects.filter(channel=channel, state=Shift.State.PUBLISHED, ends_at__lte=week.end + LONGEST_SHIFT, **theirs)
    absences = Absence.objects.filter(**theirs)
    spans = "counsellor_id", "starts_at", "ends_at"
    working, away = ([Duty(who, Interval(*span)) for who, *span in rows.values_list(*spans)] for rows in (shifts, absences))
    return Week(monday, time_on_duty(working, away, week))


def calendar_of(own: Organisation, *, channel: str, at: datetime, nation: str | None = None) -> calendar.Calendar:
    """The channel's calendar from about `at` on.

    Raises:
        helpline.calendars.UnknownChannel, helpline.calendar.public_holidays.UnknownNation.
    """
    return calendars_of(own, (channel,), at=at, nation=nation)[channel]
