"""Routing, the end of a shift and the reminders ask the database a constant number of questions a batch, however much is in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.models import OpeningInterval, Organisation
from messaging.models import Conversation
from messaging.routing.end_shifts import end_shifts
from messaging.routing.reply_deadlines import remind_of_deadlines
from messaging.routing.route import BATCH, route_waiting
from tests.world.desk import NOON
from tests.world.queue import fill_queue, staff

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
HOUR = timedelta(hours=1)
LATE = NOON + 4 * HOUR


@pytest.fixture(autouse=True)
def open_hours(db: None) -> None:
    Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000", promise_minutes=480)
    OpeningInterval.objects.create(channel="messages", weekday=2, opens=540, closes=1020)


def asked(act: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_a_batch_of_a_few_and_a_full_one_for_any_number_of_counsellors() -> None:
    costs = set()
    for number, counsellors in ((3, 2), (BATCH - 1, 9)):
        Conversation.objects.all().delete()
        staff_of(counsellors)
        fill_queue(number, since=NOON - HOUR, first=1_000 * number)
        costs.add(asked(lambda: route_waiting(at=NOON)))
        assert Conversation.objects.filter(state="assigned").count() == number
    assert len(costs) == 1


def staff_of(number: int) -> None:
    from helpline.models import Account, Counsellor, Shift
    from messaging.models import Certificate, DeskMember, WeekShare

    for model in (Conversation, WeekShare, Certificate, DeskMember, Shift, Counsellor, Account):
        model.objects.all().delete()
    staff(number, cap=200, start=NOON - HOUR, end=NOON + HOUR)


def test_each_further_batch_costs_as_much_as_the_one_before() -> None:
    staff_of(4)
    fill_queue(BATCH * 3 + 1, since=NOON - HOUR)
    first = asked(lambda: route_waiting(at=NOON))
    Conversation.objects.all().delete()
    fill_queue(BATCH * 3 + 1, since=NOON - HOUR, first=50_000)
    assert asked(lambda: route_waiting(at=NOON)) == first
    assert Conversation.objects.filter(state="assigned").count() == BATCH * 3 + 1


def test_the_end_of_a_shift_and_the_reminders() -> None:
    costs = set()
    for number in (2, 150):
        staff_of(1)
        Conversation.objects.all().delete()
        fill_queue(number, since=NOON - HOUR, first=1_000 * number)
        route_waiting(at=NOON)
        Conversation.objects.update(due_at=NOON + 3 * HOUR)
        costs.add((asked(lambda: remind_of_deadlines(at=LATE)), asked(lambda: end_shifts(at=LATE))))
        assert Conversation.objects.filter(reminded=2, state="waiting").count() == number
    assert len(costs) == 1
