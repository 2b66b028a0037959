"""What others may ask of the helpline's rows. Each loads rows, hands them to the pure calendar, and keeps nothing."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from helpline import calendar
from helpline.calendar.answer import ROTA_AHEAD
from helpline.calendar.intervals import Interval, instant
from helpline.calendar.rota import Duty, staffed
from helpline.models import (
    Absence,
    Campaign,
    Closure,
    ConfidentialityTerms,
    HolidayChange,
    OpeningInterval,
    Organisation,
    Shift,
    SpecialDay,
)
from helpline.models.hours import Channel
from helpline.models.rota import LONGEST_SHIFT
from helpline.models.select import select

ONLY = 1  # The primary key of the one organisation.
OF_ORGANISATION = tuple(field.attname for field in Organisation._meta.concrete_fields)  # noqa: SLF001 - documented


class UnknownChannel(ValueError):
    """No such way to reach a counsellor."""


def organisation() -> Organisation:
    """The installation's organisation; a nameless one, open never, before an admin has described it."""
    rows = select(Organisation, OF_ORGANISATION, "id = %s", ONLY)
    return Organisation.from_db("default", OF_ORGANISATION, rows[0]) if rows else Organisation(pk=ONLY, name="Helpline", phone="")


def current_terms() -> ConfidentialityTerms:
    """The newest version of the terms.

    Raises:
        ConfidentialityTerms.DoesNotExist: none was ever published, so nobody may be asked to accept any.
    """
    return ConfidentialityTerms.objects.latest("version")


def terms_version(version: int) -> ConfidentialityTerms | None:
    """The terms of that version, or None: what somebody once accepted stays readable."""
    return ConfidentialityTerms.objects.filter(version=version).first()


def current_campaign(*, at: datetime) -> Campaign | None:
    """The campaign that runs on the organisation's own date, the newest if there are several, with its figures."""
    today = at.astimezone(ZoneInfo(organisation().time_zone)).date()
    return Campaign.objects.filter(starts_on__lte=today, ends_on__gte=today).prefetch_related("figures").first()


def availability(*, channel: str, at: datetime, nation: str | None = None, calendar_only: bool = False) -> calendar.Availability:
    """How the channel stands at `at`: one organisation, its hours, its rota, in at most seven queries however much there is.

    `nation` stands in for the organisation's own; `calendar_only` leaves the rota out.

    Raises:
        UnknownChannel, helpline.calendar.intervals.NotAnInstant, helpline.calendar.public_holidays.UnknownNation.
    """
    at, own = instant(at), organisation()
    return calendar.availability(
        calendar_of(own, channel=channel, at=at, nation=nation),
        channel=channel,
        at=at,
        promise=timedelta(minutes=own.promise_minutes),
        duty=None if calendar_only else _duty(channel, at),
    )


def reply_by(*, channel: str, at: datetime) -> datetime | None:
    """By when a message of `at` is answered: `availability`'s own answer, without working out the rest of it.

    Raises:
        UnknownChannel, helpline.calendar.intervals.NotAnInstant.
    """
    at, own = instant(at), organisation()
    return calendar.add_working_time(calendar_of(own, channel=channel, at=at), at, timedelta(minutes=own.promise_minutes))


def on_duty(*, channel: str, at: datetime) -> list[int]:
    """The primary keys of the counsellors who have a current shift, are not away, and whose account is active; one query."""
    # No shift is longer than six hours, so the index is read over six hours of ends, however long the rota has grown.
    current = _shifts(channel).filter(ends_at__gt=at, ends_at__lte=at + LONGEST_SHIFT, starts_at__lte=at)
    away = Absence.objects.filter(counsellor=OuterRef("counsellor"), starts_at__lte=at, ends_at__gt=at)
    return list(current.filter(~Exists(away)).order_by("counsellor_id").values_list("counsellor_id", flat=True))


def calendar_of(own: Organisation, *, channel: str, at: datetime, nation: str | None = None) -> calendar.Calendar:
    """The channel's calendar from about `at` on.

    Raises:
        UnknownChannel, helpline.calendar.public_holidays.UnknownNation.
    """
    if channel not in Channel.values:
        raise UnknownChannel(f"The channel must be one of {', '.join(Channel.values)}, not {channel!r}.")
    # Zones are up to fourteen hours from UTC, and an opening may have begun on the day before.
    since = at.date() - timedelta(days=2)
    week: dict[int, list[calendar.Hours]] = {}
    for weekday, opens, closes in select(OpeningInterval, ("weekday", "opens", "closes"), "channel = %s ORDER BY weekday, opens", channel):
        week.setdefault(weekday, []).append(calendar.Hours(opens, closes))
    condition = "channel = %s AND date >= %s ORDER BY date, opens"
    special = select(SpecialDay, ("date", "name", "opens", "closes"), condition, channel, since)
    condition = "(channel = %s OR channel = '') AND ends_at > %s ORDER BY starts_at"
    closures = select(Closure, ("starts_at", "ends_at", "reason"), condition, channel, at - timedelta(days=2))
    changes = select(HolidayChange, ("date", "name", "observed"), "date >= %s ORDER BY date", since)
    return calendar.Calendar(
        zone=ZoneInfo(own.time_zone),
        week=week,
        special_days=[calendar.SpecialDay(day, name, _hours(opens, closes)) for day, name, opens, closes in special],
        closures=[calendar.Closure(Interval(starts_at, ends_at), reason) for starts_at, ends_at, reason in closures],
        holidays=calendar.Holidays(nation or own.nation, [calendar.Change(*change) for change in changes]),
    )


def _hours(opens: int | None, closes: int | None) -> calendar.Hours | None:
    return None if opens is None or closes is None else calendar.Hours(opens, closes)


def _shifts(channel: str) -> QuerySet[Shift]:
    return Shift.objects.filter(channel=channel, counsellor__active=True, counsellor__account__is_active=True)


def _duty(channel: str, at: datetime) -> list[Interval]:
    """When somebody is on duty, from `at` for as long as an answer is good."""
    until = at + ROTA_AHEAD
    shifts = _shifts(channel).filter(starts_at__lt=until, ends_at__gt=at, ends_at__lte=until + LONGEST_SHIFT)
    absences = Absence.objects.filter(starts_at__lt=until, ends_at__gt=at)
    return staffed(_as_duty(shifts), _as_duty(absences))


def _as_duty(rows: QuerySet[Shift] | QuerySet[Absence]) -> list[Duty]:
    return [
        Duty(person, Interval(starts_at, ends_at))
        for person, starts_at, ends_at in rows.values_list("counsellor_id", "starts_at", "ends_at")
    ]
