"""Questions whose statements are not composed anew: the rows are those that Django's own would give, on each database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from helpline.hours.channels import channel_availability, channel_reply_by, is_channel_open
from helpline.models import Closure, HolidayChange, OpeningInterval, Organisation, SpecialDay
from helpline.models.fast_select import fast_select
from helpline.organisation import organisation

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def fill() -> None:
    Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000", nation="scotland", promise_minutes=600, demonstration=True)
    for weekday in (0, 2, 3):
        OpeningInterval.objects.create(channel="messages", weekday=weekday, opens=540, closes=720)
        OpeningInterval.objects.create(channel="messages", weekday=weekday, opens=780, closes=1020)
    OpeningInterval.objects.create(channel="phone", weekday=2, opens=0, closes=1440)
    SpecialDay.objects.create(channel="messages", date=date(2026, 11, 26), name="Training", opens=600, closes=660)
    SpecialDay.objects.create(channel="messages", date=date(2026, 12, 3), name="Moving")
    Closure.objects.create(channel="", starts_at=NOON + HOUR, ends_at=NOON + 2 * HOUR + timedelta(microseconds=7), reason="A drill")
    Closure.objects.create(channel="phone", starts_at=NOON, ends_at=NOON + HOUR, reason="A fault")
    HolidayChange.objects.create(date=date(2026, 11, 30), name="St Andrew's Day", observed=False)
    HolidayChange.objects.create(date=date(2026, 12, 7), name="A day of our own")


def test_each_kind_of_value_comes_back_as_it_does_from_django() -> None:
    fill()
    day = NOON.date()
    special = ("date", "name", "opens", "closes")
    expected = list(SpecialDay.objects.filter(channel="messages", date__gte=day).order_by("date").values_list(*special))
    assert len(expected) == 2
    assert fast_select(SpecialDay, special, "channel = %s AND date >= %s ORDER BY date", "messages", day) == expected
    closure = ("starts_at", "ends_at", "reason", "channel")
    expected = list(Closure.objects.filter(ends_at__gt=NOON + HOUR).values_list(*closure))
    assert len(expected) == 1
    assert fast_select(Closure, closure, "ends_at > %s", NOON + HOUR) == expected
    change = ("date", "name", "observed")
    assert fast_select(HolidayChange, change, "date >= %s ORDER BY date", day) == list(HolidayChange.objects.values_list(*change))
    assert {type(observed) for *_, observed in fast_select(HolidayChange, change, "date >= %s", day)} == {bool}


def test_a_value_is_never_taken_for_sql() -> None:
    fill()
    assert fast_select(OpeningInterval, ("id",), "channel = %s", "phone' OR '1' = '1") == []


def test_the_organisation_is_whole() -> None:
    assert organisation().name == "Helpline"
    fill()
    assert vars(organisation()) | {"_state": None} == vars(Organisation.objects.get()) | {"_state": None}
    own = organisation()
    own.name = "Another"
    own.save()
    assert organisation().name == "Another"


@pytest.mark.parametrize("channel", ["messages", "phone"])
def test_reply_by_and_whether_it_is_open_are_what_availability_says(channel: str) -> None:
    fill()
    for hours in range(0, 21 * 24, 5):
        at = NOON + hours * HOUR
        answer = channel_availability(channel=channel, at=at, calendar_only=True)
        assert channel_reply_by(channel=channel, at=at) == answer.reply_by
        assert is_channel_open(channel=channel, at=at) == (answer.state != "closed")
