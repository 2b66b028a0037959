"""At half the promised time whoever has a thread is nudged, at the full time the lead is told: each once, in emails that tell nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as some
from pytest_django import Settings

from helpline.calendar import Calendar, Closure, Hours, Interval, add_working_time, working_time_ago
from helpline.models import Account
from helpline.models import Closure as ClosureRow
from messaging.desk_notices import send_desk_notices
from messaging.models import Conversation, DeskNotice, RoutingEvent
from messaging.protocol.encoding import decode
from messaging.routing.reply_deadlines import remind_of_deadlines
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, open_helpline, put_on_duty, send
from tests.world.instants import LONDON, utc
from tests.world.person import AtDesk, Person, who_has
from tests.world.together import together

# A message of Wednesday noon: half of eight hours ends at four, all of it on Thursday at noon.
HALF, FULL = NOON + timedelta(hours=4), NOON + timedelta(days=1)
SECOND = timedelta(seconds=1)
# Where a message came through the interface, the service's clock had gone on a little.
LATER = FULL + timedelta(minutes=5)


@pytest.fixture
def email(settings: Settings) -> None:
    settings.SENDS_EMAIL = True


@pytest.fixture
def lead(db: None) -> Account:
    return Account.objects.create_user("lena@example.org", None, name="Lena", role=Account.Role.LEAD)


def kinds() -> list[str]:
    return list(RoutingEvent.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.django_db
class TestWithRows:
    def test_each_is_told_once_and_not_before(self, email: None, lead: Account) -> None:
        open_helpline("Moira")
        thread = send().conversation
        route_waiting(at=NOON)
        assert remind_of_deadlines(at=HALF - SECOND) == (0, 0)
        assert remind_of_deadlines(at=HALF) == (1, 0)
        assert remind_of_deadlines(at=FULL - SECOND) == (0, 0)
        assert remind_of_deadlines(at=FULL) == (0, 1)
        assert remind_of_deadlines(at=FULL + timedelta(days=3)) == (0, 0)
        assert kinds() == ["assigned", "nudged", "overdue"]
        assert who_has(thread) == "Moira"
        assert Conversation.objects.get().reminded == 2
        assert sorted(DeskNotice.objects.values_list("account__email", "kind")) == [
            ("lena@example.org", "overdue"),
            ("moira@example.org", "half"),
        ]

    def test_both_at_once_when_nobody_looked_in_between(self, lead: Account) -> None:
        open_helpline("Moira")
        send()
        assert remind_of_deadlines(at=FULL) == (1, 1)

    def test_nobody_has_it_then_those_on_duty_are_nudged(self, email: None) -> None:
        desk = open_helpline("Moira", "Callum")
        desk.join("Bridie", on_duty=False)
        put_on_duty(desk.members["Moira"], HALF)
        put_on_duty(desk.members["Callum"], HALF)
        send()
        assert remind_of_deadlines(at=HALF) == (1, 0)
        assert set(DeskNotice.objects.filter(kind="half").values_list("account__name", flat=True)) == {"Moira", "Callum"}
        assert RoutingEvent.objects.filter(kind="nudged").get().why.startswith("Half of the promised time is over and nobody has it")

    def test_a_closure_that_is_announced_at_noon_moves_the_nudge(self, lead: Account) -> None:
        open_helpline("Moira")
        send()
        ClosureRow.objects.create(
            channel="messages", starts_at=NOON + timedelta(hours=1), ends_at=NOON + timedelta(hours=3), reason="Flood"
        )
        assert remind_of_deadlines(at=HALF) == (0, 0)
        # Two hours later on paper: one of them is before five, the other on Thursday from nine.
        assert remind_of_deadlines(at=NOON + timedelta(hours=21, minutes=59)) == (0, 0)
        assert remind_of_deadlines(at=NOON + timedelta(hours=22)) == (1, 0)

    def test_an_answer_in_time_and_nobody_hears_of_it(self) -> None:
        desk = open_helpline("Moira")
        thread = send().conversation
        route_waiting(at=NOON)
        AtDesk(desk, "Moira").reply(thread)
        assert remind_of_deadlines(at=FULL) == (0, 0)

    def test_when_the_person_writes_again_the_promise_begins_anew(self) -> None:
        desk = open_helpline("Moira")
        person = Person()
        conversation = decode(person.write_first().json()["conversation"])
        person.come_back()
        route_waiting(at=NOON)
        assert remind_of_deadlines(at=LATER) == (1, 1)
        AtDesk(desk, "Moira").reply(conversation)
        person.write()
        assert Conversation.objects.get().reminded == 0
        since = Conversation.objects.get().waiting_since
        assert since is not None
        assert remind_of_deadlines(at=since + timedelta(hours=3)) == (0, 0)
        assert remind_of_deadlines(at=LATER + timedelta(days=1)) == (1, 1)

    def test_an_email_names_nobody_and_nothing_and_one_is_enough_for_many(self, email: None, lead: Account, settings: Settings) -> None:
        open_helpline("Moira")
        for _ in range(3):
            send()
        route_waiting(at=NOON)
        remind_of_deadlines(at=FULL)
        assert send_desk_notices(at=FULL) == 2
        assert send_desk_notices(at=FULL) == 0
        assert not DeskNotice.objects.exists()
        assert sorted(message.to[0] for message in mail.outbox) == ["lena@example.org", "moira@example.org"]
        for message in mail.outbox:
            said = f"{message.subject} {message.body}".replace(settings.ORIGIN, "")
            assert not any(
                word in said for word in ("Moira", "Lena", "3", "three", *map(str, Conversation.objects.values_list("pk", flat=True)))
            )
            assert "/desk/" in said

    def test_a_mail_server_that_is_away_is_tried_again_later(self, email: None, settings: Settings) -> None:
        open_helpline("Moira")
        send()
        route_waiting(at=NOON)
        remind_of_deadlines(at=HALF)
        there = settings.MAILERS
        settings.MAILERS = {"default": {"BACKEND": "tests.messaging.routing.test_a_promise_is_watched.Away"}}
        assert send_desk_notices(at=HALF) == 0
        settings.MAILERS = there
        assert send_desk_notices(at=HALF + timedelta(minutes=9)) == 0
        assert send_desk_notices(at=HALF + timedelta(minutes=10)) == 1

    def test_without_email_nothing_waits_to_be_sent(self, lead: Account) -> None:
        open_helpline("Moira")
        send()
        remind_of_deadlines(at=FULL)
        assert not DeskNotice.objects.exists()


class Away:
    """A mail server that refuses."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def send_messages(self, _: object) -> int:
        raise ConnectionRefusedError


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_tell_each_once() -> None:
    open_helpline("Moira")
    for _ in range(9):
        send()
    told = together(lambda _: remind_of_deadlines(at=FULL), range(4))
    assert (sum(half for half, _ in told), sum(full for _, full in told)) == (9, 9)
    assert sorted(kinds()) == ["nudged"] * 9 + ["overdue"] * 9


instants = some.datetimes(utc("2026-03-20 00:00").replace(tzinfo=None), utc("2026-04-10 00:00").replace(tzinfo=None)).map(
    lambda at: at.replace(tzinfo=utc("2026-03-20 00:00").tzinfo, microsecond=0)
)
CLOSED = Closure(Interval(utc("2026-03-30 10:00"), utc("2026-03-31 12:00")), "Flood")
WEEK = Calendar(LONDON, {**{day: [Hours(540, 720), Hours(780, 1020)] for day in range(5)}, 6: [Hours(0, 1440)]}, closures=[CLOSED])


@given(instants, instants, some.integers(1, 2400))
def test_going_back_agrees_with_going_forward(since: Any, at: Any, minutes: int) -> None:
    """Over a change of clock and a closure: what came at `since` has waited so long by `at` just when it is not after the answer."""
    amount = timedelta(minutes=minutes)
    ago, then = working_time_ago(WEEK, at, amount), add_working_time(WEEK, since, amount)
    assert ago is not None
    assert then is not None
    assert (then <= at) == (since <= ago)
