"""Availability in very few words, for the bar on every page: as true as the long ones, and for as long."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from helpline.calendar import Availability, ChannelState
from helpline.hours.wording import (
    answered_until_words,
    clock_time_words,
    date_words,
    moment_words,
    promise_words,
    reason_words,
    until_words,
    weekday_name,
)

HERE = {ChannelState.OPEN, ChannelState.CLOSING_SOON}


def phone_bar_words(availability: Availability, zone: ZoneInfo) -> str:
    """Whether someone answers a call, until when, and if not, why not and when again."""
    ends = answered_until_words(availability)
    end = until_words(ends, availability.at, zone) if ends else ""
    if availability.state in HERE:
        if not end:
            return _("Open now")
        soon = availability.state == ChannelState.CLOSING_SOON
        return (_("Closes soon, at {time}") if soon else _("Open until {time}")).format(time=end)
    if availability.state == ChannelState.UNSTAFFED:
        return _("Nobody can answer now")
    again = _("Closed until further notice")
    if availability.opens_at is not None:
        again = _("Opens {moment}").format(moment=moment_words(availability.opens_at, availability.at, zone))
    if availability.reason is None:
        return again
    return _("Closed: {reason}.").format(reason=reason_words(availability.reason)) + " " + again


def messages_bar_words(availability: Availability, zone: ZoneInfo, *, taken: bool = True) -> str:
    """Whether someone reads messages now; if not, by which day there is an answer; and when none can be taken, that."""
    if not taken:
        return _("Not available right now")
    if availability.state in HERE:
        ends = answered_until_words(availability)
        return _("We are here until {time}").format(time=until_words(ends, availability.at, zone)) if ends else _("We are here now")
    due = promise_words(availability)
    if due is None:
        return _("At any time, day or night")
    local, today = due.astimezone(zone), availability.at.astimezone(zone).date()
    if local.date() == today:
        return _("Reply by {time} today").format(time=clock_time_words(local))
    return _("Reply by {day}").format(day=_day(local.date(), today))


def _day(day: date, today: date) -> str:
    """A day that is not today: its weekday will do within the week."""
    days = (day - today).days
    if days == 1:
        return _("tomorrow")
    return weekday_name(day.weekday()) if days < 7 else date_words(day)
