"""However long the rota and however many the closures, a question about availability costs the same few queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.hours.channels import channel_availability
from helpline.models import Absence, Closure, Counsellor, HolidayChange, Organisation, SpecialDay
from helpline.organisation import organisation
from helpline.rota.planner import plan_rota
from tests.world.instants import utc

AT = utc("2026-01-12 10:00")


def _asked(at: object = AT, *, calendar_only: bool = False) -> int:
    with CaptureQueriesContext(connection) as queries:
        channel_availability(channel="phone", at=at, calendar_only=calendar_only)  # type: ignore[arg-type]
    return len(queries)


@pytest.mark.parametrize("at", [AT, utc("2026-01-12 20:00"), utc("2026-12-25 12:00")], ids=["open", "closed", "holiday"])
def test_seven_queries_with_the_rota_and_five_without(organisation: Organisation, at: object) -> None:
    assert (_asked(at), _asked(at, calendar_only=True)) == (7, 5)


def test_a_full_house_costs_no_more(organisation: Organisation, anna: Counsellor, ben: Counsellor) -> None:
    plan_rota([anna, ben], "phone", date(2026, 1, 5), 60)
    for number in range(50):
        at = AT + timedelta(days=number, hours=3)
        Absence.objects.create(counsellor=anna, starts_at=at, ends_at=at + timedelta(hours=1))
        Closure.objects.create(starts_at=at, ends_at=at + timedelta(hours=1), reason="Fault")
        SpecialDay.objects.create(channel="phone", date=at.date(), name="Long day", opens=480, closes=1200)
        HolidayChange.objects.create(date=at.date(), name="Fair")
    assert (_asked(), _asked(calendar_only=True)) == (7, 5)


@pytest.mark.django_db
def test_before_anybody_described_it_a_helpline_is_closed_and_has_a_name() -> None:
    answer = channel_availability(channel="messages", at=AT)
    assert (answer.state, answer.opens_at, answer.reply_by) == ("closed", None, None)
    assert organisation().name
