"""How live talk stands, as a sentence. PURE but for the language, which is the one that is active."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from helpline.calendar import Availability
from helpline.hours.wording import StateWords, answered_until_words, moment_words, reason_words, until_words


def live_words(availability: Availability, zone: ZoneInfo) -> StateWords:
    """How live talk stands as a sentence: it is offered only while someone has room for one."""
    ends = answered_until_words(availability)
    if availability.state in {"open", "closing_soon"}:
        headline = _("You can talk with a counsellor now, in writing")
        if ends:
            end = until_words(ends, availability.at, zone)
            headline = _("You can talk with a counsellor now, in writing, until {end}").format(end=end)
        return StateWords(availability.state, headline, _("Write to us first. Then you can ask to talk at once."))
    at_any_time = _("You can write to us at any time, day or night.")
    if availability.state == "unstaffed":
        return StateWords("unstaffed", _("Nobody has time to talk with you live at the moment"), at_any_time)
    if availability.opens_at is None:
        headline = _("There is no live talk until further notice")
    else:
        headline = _("Live talk starts again {moment}").format(moment=moment_words(availability.opens_at, availability.at, zone))
    because = _("We are closed: {reason}.").format(reason=reason_words(availability.reason)) + " " if availability.reason else ""
    return StateWords("closed", headline, because + at_any_time)
