"""What the campaign's owner is shown: sums with the small ones hidden, beside the campaign's dates and the days that were closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from helpline.calendar import Calendar
from helpline.calendar.wall_clock import at_minute
from helpline.hours.calendars import channel_calendars
from helpline.hours.wording import reason_words
from helpline.models import Advert, Campaign, Organisation, Page, Tally
from helpline.models.hours import Channel
from helpline.models.visits import WHOLE_DAY
from helpline.organisation import organisation
from helpline.statistics import suppression

MOST_DAYS = 92
BEFORE, USUAL = timedelta(days=7), timedelta(days=27)
NOON = 12 * 60


@dataclass(frozen=True)
class ReportDay:
    """A day of the organisation's calendar."""

    day: date
    campaign: str
    closed: bool
    reason: str


@dataclass(frozen=True)
class CountSeries:
    """One name's sums, a number for each day of the report."""

    name: str
    label: str
    numbers: tuple[suppression.Shown, ...]

    @property
    def total(self) -> int:
        """Of what is shown."""
        return suppression.total_shown(self.numbers)

    @property
    def hides(self) -> bool:
        """Some days' numbers are too small to be shown, and so not in the total."""
        return None in self.numbers


@dataclass(frozen=True)
class StatisticsReport:
    """Everything that one page shows."""

    days: list[ReportDay]
    adverts: list[CountSeries]
    advert_bands: suppression.DayPartSums
    pages: list[CountSeries]
    page_bands: suppression.DayPartSums
    starts: CountSeries
    sent: CountSeries


def usual_report_days(day: date) -> tuple[date, date]:
    """First and last day that are shown unasked: the running campaign and the week before it, or the last four weeks."""
    campaign = Campaign.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    first = campaign.starts_on - BEFORE if campaign else day - USUAL
    return max(first, day - timedelta(days=MOST_DAYS - 1)), day


def statistics_report(first: date, last: date) -> StatisticsReport:
    """The sums of these days, both included; in nine queries, however many there are."""
    own = organisation()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    fields = ("what", "day", "band", "page", "advert", "number")
    tallies: Any = Tally.objects.filter(day__gte=first, day__lte=last).values_list(*fields, named=True)
    rows = list(tallies)
    visits = [row for row in rows if row.what == Tally.What.VISIT]
    adverts = [suppression.DaySum(row.advert, row.day, row.band, row.number) for row in visits if row.advert]
    pages = [suppression.DaySum(row.page, row.day, row.band, row.number) for row in visits if row.page]
    by_advert, by_page = suppression.suppressed_by_day(adverts), suppression.suppressed_by_day(pages)
    names, running = _adverts(first, last, {one.name for one in adverts}), _campaigns(first, last)
    titles = _titles({one.name for one in pages})
    shown = [_series(name, label, by_page, days) for name, label in titles.items()]
    return StatisticsReport(
        days=_days(own, days, running),
        adverts=[_series(code, label, by_advert, days) for code, label in names.items()],
        advert_bands=suppression.suppressed_by_day_part(adverts, by_advert, WHOLE_DAY),
        pages=sorted(shown, key=lambda series: (-series.total, series.label)),
        page_bands=suppression.suppressed_by_day_part(pages, by_page, WHOLE_DAY),
        starts=_whole(rows, Tally.What.START, _("Began to write"), days),
        sent=_whole(rows, Tally.What.SENT, _("Messages sent"), days),
    )


def _series(name: str, label: str, shown: dict[tuple[str, date], suppression.Shown], days: Iterable[date]) -> CountSeries:
    return CountSeries(name, label, tuple(shown.get((name, day), 0) for day in days))


def _whole(rows: Sequence[Any], what: str, label: str, days: Iterable[date]) -> CountSeries:
    sums = [suppression.DaySum(what, row.day, row.band, row.number) for row in rows if row.what == what]
    return _series(what, label, suppression.suppressed_by_day(sums), days)


def _adverts(first: date, last: date, counted: set[str]) -> dict[str, str]:
    """By code: the adverts of campaigns in these days, and whichever else were counted, even if they are gone."""
    found = {}
    for advert in Advert.objects.select_related("campaign"):
        if advert.code in counted or (advert.campaign.starts_on <= last and advert.campaign.ends_on >= first):
            found[advert.code] = str(advert)
    return found | {code: _("An advert that was deleted") for code in sorted(counted - found.keys())}


def _campaigns(first: date, last: date) -> list[Campaign]:
    return list(Campaign.objects.filter(starts_on__lte=last, ends_on__gte=first))


def _titles(counted: set[str]) -> dict[str, str]:
    """The pages that were counted, with their titles in the site's own language if they have one."""
    fixed = {
        "/": _("Start page"),
        "/write": _("Write to us"),
        "/inbox": _("Your reply"),
        "/read": _("Self-help list"),
        "/when": _("Opening hours"),
        "/campaign": _("The campaign"),
        "/confidential": _("What stays private"),
        "/leaving": _("Leaving this site"),
        "/kept": _("What is kept"),
    }
    rows = list(Page.objects.filter(slug__in=counted).values_list("slug", "language", "title"))
    titles = {slug: title for own in (False, True) for slug, language, title in rows if (language == settings.LANGUAGE_CODE) is own}
    return {name: fixed.get(name) or titles.get(name) or name for name in sorted(counted)}


def counted_page_address(page: str) -> str:
    """Where a counted page is: an address already, or the slug of something to read."""
    return page if page.startswith("/") else reverse("read-page", args=[page])


def _days(own: Organisation, days: Sequence[date], campaigns: Sequence[Campaign]) -> list[ReportDay]:
    zone = ZoneInfo(own.time_zone)
    since = datetime.combine(days[0], time(), zone)
    calendars = channel_calendars(own, (Channel.PHONE, Channel.MESSAGES), at=since)
    return [_day(day, [calendar for calendar in calendars.values() if calendar.week], campaigns, zone) for day in days]


def _day(day: date, calendars: Sequence[Calendar], campaigns: Sequence[Campaign], zone: ZoneInfo) -> ReportDay:
    campaign = next((campaign.name for campaign in campaigns if campaign.runs_on(day)), "")
    closed = not any(calendar.on(day) for calendar in calendars)
    reasons = [calendar.reason(at_minute(day, NOON, zone)) for calendar in calendars] if closed else []
    return ReportDay(day, campaign, closed, next((reason_words(reason) for reason in reasons if reason), ""))
