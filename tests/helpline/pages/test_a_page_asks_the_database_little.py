"""The calendar is loaded once for both channels, and a page costs the same few queries however much there is to say."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.models import Absence, Account, Closure, Counsellor, HolidayChange, Organisation, SpecialDay
from helpline.rota.planner import plan_rota
from tests.helpline.pages.asking import WEDNESDAY, Get

ALL_HOURS = ["helpline_openinginterval", "helpline_specialday", "helpline_closure", "helpline_holidaychange", "helpline_shift"]
PATHS = ["/", "/when", "/leaving", "/write", "/hours", "/hours.ics", "/api/v1/availability"]


def asked(get: Get, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert get(path).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("path", PATHS)
def test_each_table_of_the_hours_is_asked_once(helpline: Organisation, get: Get, path: str) -> None:
    queries = asked(get, path)
    for table in (*ALL_HOURS, "helpline_organisation"):
        assert sum(f'FROM "{table}"' in sql for sql in queries) == 1, table


@pytest.mark.parametrize("path", PATHS)
def test_a_full_house_costs_no_more(helpline: Organisation, get: Get, path: str) -> None:
    quiet = len(asked(get, path))
    people = [Account.objects.create(email=f"{name}@helpline.example", name=name) for name in ("Anna", "Ben")]
    counsellors = [Counsellor.objects.create(account=account, display_name=account.name) for account in people]
    for channel in ("phone", "messages"):
        plan_rota(counsellors[:1] if channel == "phone" else counsellors[1:], channel, date(2026, 11, 20), 20)
    for number in range(40):
        at = WEDNESDAY + timedelta(days=number, hours=3)
        Absence.objects.create(counsellor=counsellors[0], starts_at=at, ends_at=at + timedelta(hours=1))
        Closure.objects.create(starts_at=at, ends_at=at + timedelta(hours=1), reason="Fault")
        SpecialDay.objects.create(channel="phone", date=at.date(), name="Long day", opens=480, closes=1200)
        HolidayChange.objects.create(date=at.date(), name="Fair")
    assert len(asked(get, path)) == quiet
    assert quiet <= 15
