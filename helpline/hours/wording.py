"""Availability as sentences that a frightened person can read: local time, short sentences, nothing promised that is not kept.

PURE but for the language, which is the one that is active.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from helpline.calendar import Availability

QUARTER = timedelta(minutes=15)
_WEEKDAYS = (
    pgettext_lazy("in a sentence", "Monday"),
    pgettext_lazy("in a sentence", "Tuesday"),
    pgettext_lazy("in a sentence", "Wednesday"),
    pgettext_lazy("in a sentence", "Thursday"),
    pgettext_lazy("in a sentence", "Friday"),
    pgettext_lazy("in a sentence", "Saturday"),
    pgettext_lazy("in a sentence", "Sunday"),
)
_MONTHS = (
    pgettext_lazy("alt. month", "January"),
    pgettext_lazy("alt. month", "February"),
    pgettext_lazy("alt. month", "March"),
    pgettext_lazy("alt. month", "April"),
    pgettext_lazy("alt. month", "May"),
    pgettext_lazy("alt. month", "June"),
    pgettext_lazy("alt. month", "July"),
    pgettext_lazy("alt. month", "August"),
    pgettext_lazy("alt. month", "September"),
    pgettext_lazy("alt. month", "October"),
    pgettext_lazy("alt. month", "November"),
    pgettext_lazy("alt. month", "December"),
)
_HOLIDAYS = {
    "Late Summer Bank Holiday": gettext_lazy("Late Summer Bank Holiday"),
    "New Year's Day": gettext_lazy("New Year's Day"),
    "New Year Holiday": gettext_lazy("New Year Holiday"),
    "Good Friday": gettext_lazy("Good Friday"),
    "Easter Monday": gettext_lazy("Easter Monday"),
    "May Day": gettext_lazy("May Day"),
    "Spring Bank Holiday": gettext_lazy("Spring Bank Holiday"),
    "Summer Bank Holiday": gettext_lazy("Summer Bank Holiday"),
    "Saint Andrew's Day": gettext_lazy("Saint Andrew's Day"),
    "Saint Patrick's Day": gettext_lazy("Saint Patrick's Day"),
    "World Cup Bank Holiday": gettext_lazy("World Cup Bank Holiday"),
    "Battle of the Boyne": gettext_lazy("Battle of the Boyne"),
    "Christmas Day": gettext_lazy("Christmas Day"),
    "Boxing Day": gettext_lazy("Boxing Day"),
}


@dataclass(frozen=True)
class StateWords:
    """A state in one short headline, and what to do in one or two sentences. `taken` is false for messages that cannot be taken now."""

    state: str
    headline: str
    detail: str
    taken: bool = True

    @property
    def answers(self) -> bool:
        """Someone would answer now."""
        return self.state in {"open", "closing_soon"}


def clock_time_words(when: datetime) -> str:
    """A local time of day: 9am, 4:30pm, midday, midnight; in a language that counts to 24 simply 16:30."""
    # Translators: write 24 where people say 16:30 rather than half past four in the afternoon.
    if pgettext("hours of a clock", "12") == "24":
        return f"{when.hour}:{when.minute:02}"
    if when.minute == 0 and when.hour in {0, 12}:
        return _("midday") if when.hour else _("midnight")
    time = f"{when.hour % 12 or 12}" + (f":{when.minute:02}" if when.minute else "")
    return (_("{time}am") if when.hour < 12 else _("{time}pm")).format(time=time)


def weekday_name(weekday: int) -> str:
    """The day's name as it stands in these sentences; Monday is 0."""
    return str(_WEEKDAYS[weekday])


def month_name(month: int) -> str:
    """The month's name as it follows a number; January is 1. Django's own context, so that its date filter says the same."""
    return str(_MONTHS[month - 1])


def date_words(day: date) -> str:
    """A date: "Wednesday 25 November"."""
    # Translators: {month} comes in the form in which it follows a number.
    return _("{weekday} {day} {month}").format(weekday=weekday_name(day.weekday()), day=day.day, month=month_name(day.month))


def _weekday(day: date, today: date) -> str:
    # Within the week a weekday's name is enough; later it needs its date.
    return weekday_name(day.weekday()) if (day - today).days < 7 else date_words(day)


def moment_words(when: datetime, at: datetime, zone: ZoneInfo) -> str:
    """When something begins, seen from `at`: "at 9am today", "tomorrow at 9am", "Monday at 9am", "Monday 4 January at 9am"."""
    local, today = when.astimezone(zone), at.astimezone(zone).date()
    days = (local.date() - today).days
    named = _("today") if days == 0 else _("tomorrow") if days == 1 else _weekday(local.date(), today)
    return _("{day} at {time}").format(day=named, time=clock_time_words(local))


def until_words(when: datetime, at: datetime, zone: ZoneInfo) -> str:
    """When something ends, seen from `at`: "5pm", "midnight", "5pm on Friday"."""
    local, today = when.astimezone(zone), at.astimezone(zone).date()
    if local.date() == today or local.replace(tzinfo=None) == datetime.combine(today + timedelta(days=1), datetime.min.time()):
        return clock_time_words(local)
    return _("{time} on {day}").format(time=clock_time_words(local), day=_weekday(local.date(), today))


def deadline_words(when: datetime, at: datetime, zone: ZoneInfo) -> str:
    """By when, seen from `at`: "5pm today", "10:15am tomorrow", "5pm on Wednesday 25 November"."""
    local, today = when.astimezone(zone), at.astimezone(zone).date()
    days = (local.date() - today).days
    time = clock_time_words(local)
    if days == 0:
        return _("{time} today").format(time=time)
    if days == 1:
        return _("{time} tomorrow").format(time=time)
    return _("{time} on {day}").format(time=time, day=date_words(local.date()))


def promise_words(availability: Availability) -> datetime | None:
    """The instant that a page may promise for a while: the next full quarter of an hour, so that the sentence stays true until then."""
    due = availability.reply_by
    if due is None:
        return None
    past = timedelta(minutes=due.minute % 15, seconds=due.second, microseconds=due.microsecond)
    if not past and availability.state == "closed":
        return due  # Outside the hours the promise stands still.
    return due - past + QUARTER


def answered_until_words(availability: Availability) -> datetime | None:
    """Until when someone answers: the end of the opening, or before it the end of the last shift."""
    return availability.staffed_until or availability.closes_at


def reason_words(reason: str) -> str:
    """Why we are closed: a holiday's name in the page's language where it is known, otherwise as the admin wrote it."""
    # Two holidays on one day are named together. The library marks a day off in place of a holiday that fell on a weekend.
    return "; ".join(_holiday_words(each) for each in reason.split("; "))


def _holiday_words(holiday: str) -> str:
    name, _bracket, substitute = holiday.partition(" (")
    if name not in _HOLIDAYS:
        return holiday
    return f"{_HOLIDAYS[name]} ({_('substitute day')})" if substitute else str(_HOLIDAYS[name])


def _closed(availability: Availability, zone: ZoneInfo) -> str:
    if availability.opens_at is None:
        return _("Closed until further notice")
    return _("Closed now. Opens {moment}").format(moment=moment_words(availability.opens_at, availability.at, zone))


def phone_words(availability: Availability, zone: ZoneInfo, *, writing: bool = True) -> StateWords:
    """The phone line's state as a sentence; it sends nobody to write while messages cannot be taken."""
    ends = answered_until_words(availability)
    end = until_words(ends, availability.at, zone) if ends else ""
    if availability.state == "open":
        headline = _("Open now, until {end}").format(end=end) if end else _("Open now")
        return StateWords("open", headline, _("Calls are free. You do not have to give your name."))
    if availability.state == "closing_soon":
        headline = _("Open, but closing soon, at {end}").format(end=end)
        detail = _("If you do not get through in time, write to us instead.") if writing else _("If you do not get through, try again.")
        return StateWords("closing_soon", headline, detail)
    if availability.state == "unstaffed":
        detail = _("We are sorry. You can write to us now, or try the phone later.") if writing else _("We are sorry. Try again later.")
        return StateWords("unstaffed", _("Nobody can answer the phone right now"), detail)
    details = [_("We are closed: {reason}.").format(reason=reason_words(availability.reason))] if availability.reason else []
    details.append(_("You can write to us at any time, day or night.") if writing else _("If you need help now, choose a number below."))
    return StateWords("closed", _closed(availability, zone), " ".join(details))


def messages_not_taken_words(phone: StateWords | None) -> StateWords:
    """While nobody could read a message, nobody is asked to write one: the phone is the way, if there is one, when someone answers it."""
    detail = _("If you need help now, choose a number below.")
    if phone is not None:
        detail = _("Please call us instead.") if phone.answers else _("Please call us when the phone line is open.")
    return StateWords("closed", _("You cannot write to us right now"), detail, taken=False)


def messages_words(availability: Availability, zone: ZoneInfo, *, busy: bool = False) -> StateWords:
    """The messages' state as a sentence, with the promise of a reply; and where a lead has said so, that it takes longer."""
    due = promise_words(availability)
    promise = (
        _("Write now and we will answer by {deadline}.").format(deadline=deadline_words(due, availability.at, zone))
        if due
        else _("We cannot yet say when we will answer.")
    )
    if busy:
        promise = _("We are very busy, so answers are taking longer than usual.") + " " + promise
    if availability.state in {"open", "closing_soon"}:
        ends = answered_until_words(availability)
        here = _("Counsellors are here now")
        if ends:
            here = _("Counsellors are here now, until {end}").format(end=until_words(ends, availability.at, zone))
        return StateWords(availability.state, here, promise)
    if availability.state == "unstaffed":
        return StateWords("unstaffed", _("You can write now. Nobody is here to read it at the moment"), promise)
    headline = _("You can write now. Nobody is here to read it yet")
    if availability.reason:
        headline += f" ({reason_words(availability.reason)})"
    if availability.opens_at:
        opens = moment_words(availability.opens_at, availability.at, zone)
        promise = _("Counsellors start reading again {moment}.").format(moment=opens) + " " + promise
    return StateWords("closed", headline, promise)


def words_hold_until(availability: Availability, zone: ZoneInfo) -> datetime:
    """The instant at which these words may stop being true: a change of state, a moved promise, or a midnight ("today", "tomorrow")."""
    at = availability.at
    midnight = datetime.combine(at.astimezone(zone).date() + timedelta(days=1), datetime.min.time(), zone)
    instants = [midnight]
    if availability.changes_at is not None:
        instants.append(availability.changes_at)
    # Live talk promises no answer by a time.
    due, said = (None, None) if availability.channel == "live" else (availability.reply_by, promise_words(availability))
    if due is not None and said is not None and availability.state != "closed":
        instants.append(at + (said - due))
    return min(instants)
