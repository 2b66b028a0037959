"""`/when`: the week, what departs from it in eight weeks and why, and the clock's own changes."""

import re
from datetime import UTC, date, datetime, timedelta

from helpline.calendar import Hours
from helpline.hours.set_week import set_opening_week
from helpline.models import Closure, HolidayChange, Organisation, SpecialDay
from tests.helpline.pages.asking import Get


def rows(html: str) -> list[list[str]]:
    """The cells of every row, as text."""
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr\b[^>]*>(.*?)</tr>", html, re.DOTALL)
    ]


def test_days_with_the_same_hours_share_a_line_and_channels_a_column(helpline: Organisation, get: Get) -> None:
    assert rows(get("/when").text) == [
        ["Day", "Phone and messages"],
        ["Monday to Friday", "9am to 5pm"],
        ["Saturday and Sunday", "Closed"],
        ["Day", "Phone and messages"],
        ["Monday 30 November Saint Andrew&#x27;s Day", "Closed"],
        ["Friday 25 December Christmas Day", "Closed"],
        ["Monday 28 December Boxing Day (substitute day)", "Closed"],
        ["Friday 1 January New Year&#x27;s Day", "Closed"],
        ["Monday 4 January New Year Holiday (substitute day)", "Closed"],
    ]


def test_channels_that_differ_have_a_column_each(helpline: Organisation, get: Get) -> None:
    week = {weekday: [Hours(540, 720), Hours(780, 1440)] for weekday in range(4)} | {5: [Hours(0, 1440)]}
    set_opening_week(channel="messages", week=week)
    assert rows(get("/when").text)[:5] == [
        ["Day", "Phone", "Messages"],
        ["Monday to Thursday", "9am to 5pm", "9am to midday, 1pm to midnight"],
        ["Friday", "9am to 5pm", "Closed"],
        ["Saturday", "Closed", "All day and night"],
        ["Sunday", "Closed", "Closed"],
    ]


def test_special_days_closures_and_changed_holidays_stand_with_their_reasons(helpline: Organisation, get: Get) -> None:
    SpecialDay.objects.create(channel="phone", date=date(2026, 12, 24), name="Christmas Eve", opens=540, closes=780)
    tuesday = datetime(2026, 12, 1, tzinfo=UTC)
    Closure.objects.create(starts_at=tuesday + timedelta(hours=11), ends_at=tuesday + timedelta(hours=13), reason="Training")
    # At night it is closed anyway, so nobody need read of it.
    Closure.objects.create(starts_at=tuesday + timedelta(hours=22), ends_at=tuesday + timedelta(hours=23), reason="Repairs")
    HolidayChange.objects.create(date=date(2026, 11, 30), name="St Andrew", observed=False)
    HolidayChange.objects.create(date=date(2026, 12, 7), name="Fair")
    told = rows(get("/when").text)[4:]
    assert told[:3] == [
        ["Tuesday 1 December Training", "9am to 11am, 1pm to 5pm", "9am to 11am, 1pm to 5pm"],
        ["Monday 7 December Fair", "Closed", "Closed"],
        ["Thursday 24 December Christmas Eve", "9am to 1pm", "9am to 5pm"],
    ]
    assert "Repairs" not in str(told)
    assert "30 November" not in str(told)


def test_eight_weeks_are_looked_ahead_and_not_a_day_more(helpline: Organisation, get: Get) -> None:
    HolidayChange.objects.create(date=date(2027, 1, 19), name="The last day")
    HolidayChange.objects.create(date=date(2027, 1, 20), name="A day too late")
    html = get("/when").text
    assert "The last day" in html
    assert "A day too late" not in html


def test_a_change_of_clock_is_told_and_the_hours_keep_to_the_wall(helpline: Organisation, get: Get) -> None:
    back = get("/when", datetime(2026, 10, 1, 11, tzinfo=UTC)).text
    assert "On Sunday 25 October the clocks go back by one hour. Our hours stay the same, in the new time." in back
    assert "On Sunday 28 March the clocks go forward by one hour." in get("/when", datetime(2027, 3, 1, 11, tzinfo=UTC)).text
    assert "clocks go" not in get("/when").text
    assert ["Monday to Friday", "9am to 5pm"] in rows(back)


def test_a_closure_over_the_change_of_clock_is_told_by_the_wall(helpline: Organisation, get: Get) -> None:
    """From Friday noon, which is 11:00 UTC, to Monday noon, which is 12:00 UTC."""
    starts, ends = datetime(2026, 10, 23, 11, tzinfo=UTC), datetime(2026, 10, 26, 12, tzinfo=UTC)
    Closure.objects.create(starts_at=starts, ends_at=ends, reason="Moving house")
    told = rows(get("/when", datetime(2026, 10, 20, 11, tzinfo=UTC)).text)
    assert ["Friday 23 October Moving house", "9am to midday"] in told
    assert ["Monday 26 October Moving house", "midday to 5pm"] in told


def test_in_a_quiet_time_the_page_says_so(helpline: Organisation, get: Get) -> None:
    assert (
        "Our hours do not change for holidays or anything else in the next eight weeks."
        in get("/when", datetime(2026, 9, 1, tzinfo=UTC)).text
    )
