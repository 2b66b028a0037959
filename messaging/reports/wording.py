"""Numbers of the reports as people read them; a small one says that it is hidden."""

from datetime import date, timedelta

from helpline.statistics.suppression import LEAST
from messaging.models.desk_sums import DAY_HOURS
from messaging.reports.banding import Banded, BandedShare, Fives
from messaging.reports.periods import DAY, next_quarter
from messaging.reports.waits import WaitReach

FEW = f"fewer than {LEAST}"
NOT_SHOWN, NONE = "not shown", "–"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOUR = timedelta(hours=1)


def week_words(monday: date) -> str:
    """The week from 30 November 2026."""
    return f"{monday.day} {monday:%b} {monday.year}"


def quarter_words(first: date) -> str:
    """July to September 2026."""
    last = next_quarter(first) - DAY
    return f"{first:%B} to {last:%B} {last.year}"


def report_day_words(day: date) -> str:
    """24 November 2026."""
    return f"{day.day} {day:%B} {day.year}"


def report_days_words(first: date, last: date) -> str:
    """1 October 2026 to 24 November 2026."""
    return f"{report_day_words(first)} to {report_day_words(last)}"


def told_count_words(told: Banded) -> str:
    """12, more than 12, or that it is not shown."""
    if not told.hides:
        return str(told.number)
    return f"more than {told.number}" if told.number else NOT_SHOWN


def band_of_five_words(told: Fives) -> str:
    """5–9."""
    return f"{told.least}–{told.most}"


def wait_words(reach: WaitReach | None) -> str:
    """8 h, more than 40 h, or that it is not shown."""
    if reach is None:
        return NOT_SHOWN
    return f"more than {reach.hours} h" if reach.beyond else f"{reach.hours} h"


def share_words(share: BandedShare | None) -> str:
    """95%, or at least 92%: rounded to the side that stays true."""
    if share is None:
        return NOT_SHOWN
    whole = int(share.percent) if share.bound != "at most" else -int(-share.percent // 1)
    if not share.bound:
        # Never rounded up to "all", nor down to "none".
        whole = round(share.percent)
        whole = min(whole, 99) if share.percent < 100 else whole
        whole = max(whole, 1) if share.percent > 0 else whole
    return f"{share.bound} {whole}%".strip()


def hour_of_day_words(hour: int) -> str:
    """09:00–10:00."""
    return f"{hour:02}:00–{hour + 1:02}:00"


def hour_of_week_words(place: int) -> str:
    """Monday 09:00–10:00."""
    weekday, hour = divmod(place, DAY_HOURS)
    return f"{WEEKDAYS[weekday]} {hour_of_day_words(hour)}"


def duty_hours_words(time: timedelta) -> str:
    """Hours to a tenth."""
    return f"{time / HOUR:.1f}"
