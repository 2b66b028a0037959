"""At the end of a shift nothing is taken in the middle of a word: what somebody writes in stays a while, what they stay on for longer."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache

from helpline.models import Absence, Shift
from messaging.housekeeping import sweep_up
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.protocol.encoding import decode, encode
from messaging.routing.end_shifts import end_shifts
from tests.world.desk import NOON, Desk, open_helpline, put_on_duty, send
from tests.world.person import AtDesk, Person, kind_of, set_clock, who_has
from tests.world.queue import on_shift

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TWO = NOON + 2 * HOUR  # The shifts end.


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def at(when: datetime) -> datetime:
    set_clock(when)
    return when


def two_with(desk: Desk, name: str) -> list[bytes]:
    """Two open conversations of somebody whose shift ends at two, while somebody else is there until six."""
    threads = [send(at=NOON + timedelta(seconds=second)).conversation for second in range(2)]
    for thread in threads:
        AtDesk(desk, name).claim(thread)
    end_shifts(at=NOON)
    moira = desk.join("Isla", on_duty=False)
    desk.open_epoch()
    on_shift(moira, TWO - HOUR, TWO + 4 * HOUR)
    return threads


def types(desk: Desk, name: str, thread: bytes, when: datetime) -> None:
    at(when)
    assert AtDesk(desk, name).does(thread, "presence", doing="types").status_code == 200


def test_what_somebody_writes_in_stays_until_they_pause_and_the_rest_goes() -> None:
    desk = open_helpline("Moira", "Callum")
    written, other = two_with(desk, "Callum")
    types(desk, "Callum", written, TWO - MINUTE)
    sweep_up(at=at(TWO))
    assert (who_has(written), who_has(other)) == ("Callum", "Isla")
    types(desk, "Callum", written, TWO + MINUTE)
    sweep_up(at=at(TWO + 2 * MINUTE))
    assert who_has(written) == "Callum"
    sweep_up(at=at(TWO + 4 * MINUTE))
    assert who_has(written) == "Isla"
    assert [event.kind for event in RoutingEvent.objects.filter(conversation__conversation_id=written)] == [
        "claimed",
        "kept-on",
        "returned",
        "assigned",
    ]


def test_after_a_quarter_of_an_hour_it_goes_though_they_write_on() -> None:
    desk = open_helpline("Moira", "Callum")
    written, _ = two_with(desk, "Callum")
    for minute in range(15):
        types(desk, "Callum", written, TWO + (minute - 1) * MINUTE)
        sweep_up(at=at(TWO + minute * MINUTE))
        assert who_has(written) == "Callum", minute
    types(desk, "Callum", written, TWO + 15 * MINUTE)
    sweep_up(at=TWO + 15 * MINUTE)
    assert who_has(written) == "Isla"


def test_whoever_stays_on_keeps_it_until_they_have_answered_and_what_comes_then_is_somebody_elses() -> None:
    desk = open_helpline("Moira", "Callum")
    person = Person()
    thread = decode(person.write_first().json()["conversation"])
    person.come_back()
    callum = AtDesk(desk, "Callum")
    callum.claim(thread)
    end_shifts(at=NOON)
    at(TWO - MINUTE)
    assert callum.does(thread, "stay-on").json() == {"kept_until": (TWO + 59 * MINUTE).isoformat()}
    desk.join("Isla", on_duty=False)
    desk.open_epoch()
    on_shift(desk.members["Isla"], TWO, TWO + 4 * HOUR)
    at(TWO + 20 * MINUTE)
    person.come_back()
    person.write()
    sweep_up(at=TWO + 20 * MINUTE)
    assert who_has(thread) == "Callum"
    assert Conversation.objects.get().unrouted_since is None
    callum.reply(thread)
    assert Conversation.objects.get().kept_until is None
    person.write()
    sweep_up(at=TWO + 21 * MINUTE)
    assert who_has(thread) == "Isla"


def test_whoever_fell_asleep_keeps_nobody_waiting_for_more_than_an_hour() -> None:
    desk = open_helpline("Moira", "Callum")
    thread, _ = two_with(desk, "Callum")
    at(TWO)
    AtDesk(desk, "Callum").does(thread, "stay-on")
    sweep_up(at=TWO + 59 * MINUTE)
    assert who_has(thread) == "Callum"
    sweep_up(at=TWO + 61 * MINUTE)
    assert who_has(thread) == "Isla"


def test_nobody_stays_on_for_what_is_not_theirs_or_where_nobody_waits() -> None:
    desk = open_helpline("Moira", "Callum")
    thread, answered = two_with(desk, "Callum")
    at(NOON)
    assert kind_of(AtDesk(desk, "Moira").does(thread, "stay-on")) == "not-yours"
    AtDesk(desk, "Callum").reply(answered)
    assert kind_of(AtDesk(desk, "Callum").does(answered, "stay-on")) == "not-yours"
    assert kind_of(AtDesk(desk, "Callum").does(bytes(16), "stay-on")) == "not-found"


def test_an_absence_noted_for_somebody_at_work_takes_nothing_out_of_their_hands_either() -> None:
    desk = open_helpline("Moira", "Callum", "Isla")
    thread = send().conversation
    AtDesk(desk, "Callum").claim(thread)
    end_shifts(at=NOON)
    types(desk, "Callum", thread, NOON)
    Absence.objects.create(counsellor=desk.members["Callum"].counsellor, starts_at=NOON, ends_at=NOON + 3 * HOUR)
    sweep_up(at=NOON + MINUTE)
    assert who_has(thread) == "Callum"
    work = AtDesk(desk, "Callum").call("GET", "work").json()
    assert (work["absent"], work["shift_ends"], work["shift_over"]) == (True, None, (NOON + MINUTE).isoformat())
    sweep_up(at=NOON + 10 * MINUTE)
    assert who_has(thread) not in {"Callum", None}
    why = RoutingEvent.objects.filter(kind="returned").values_list("why", flat=True)
    assert set(why) <= {"The counsellor who had it was noted as away.", "The shift of the counsellor who had it is over."}


def test_whoever_had_it_is_told_where_it_went_and_whoever_has_it_from_whom_it_came() -> None:
    desk = open_helpline("Moira", "Callum")
    first, second = two_with(desk, "Callum")
    sweep_up(at=at(TWO))
    passed = AtDesk(desk, "Callum").call("GET", "conversations").json()["passed"]
    assert {(line["conversation"], line["with"]) for line in passed} == {(encode(first), "Isla"), (encode(second), "Isla")}
    mine = AtDesk(desk, "Isla").call("GET", "conversations").json()["mine"]
    assert {(line["conversation"], line["handed_by"]) for line in mine} == {(encode(first), "Callum"), (encode(second), "Callum")}


def test_what_waits_for_somebody_and_is_claimed_still_says_who_knew_the_person() -> None:
    desk = open_helpline("Moira", "Callum")
    thread = send().conversation
    AtDesk(desk, "Callum").claim(thread)
    end_shifts(at=NOON)
    sweep_up(at=at(TWO))
    assert Conversation.objects.get().state == "waiting"
    AtDesk(desk, "Moira").claim(thread)
    assert AtDesk(desk, "Moira").call("GET", "conversations").json()["mine"][0]["handed_by"] == "Callum"


def test_back_on_duty_it_is_theirs_like_any_other() -> None:
    desk = open_helpline("Moira", "Callum")
    thread, _ = two_with(desk, "Callum")
    types(desk, "Callum", thread, TWO)
    sweep_up(at=TWO)
    put_on_duty(desk.members["Callum"], TWO + 3 * HOUR)  # From three hours after noon on.
    sweep_up(at=TWO + HOUR)
    assert who_has(thread) in {"Callum", "Isla"}
    member = DeskMember.objects.get(pk=desk.members["Callum"].pk)
    assert (member.off_since, Conversation.objects.filter(kept_until__isnull=False).count()) == (None, 0)


def test_ones_own_work_says_when_the_shift_ends_and_what_is_kept() -> None:
    desk = open_helpline("Moira", "Callum")
    thread, _ = two_with(desk, "Callum")
    Shift.objects.create(counsellor=desk.members["Moira"].counsellor, channel="messages", starts_at=TWO, ends_at=TWO + 2 * HOUR)
    at(NOON)
    assert AtDesk(desk, "Moira").call("GET", "work").json()["shift_ends"] == (TWO + 2 * HOUR).isoformat()
    callum = AtDesk(desk, "Callum")
    assert callum.call("GET", "work").json()["shift_ends"] == TWO.isoformat()
    at(TWO - MINUTE)
    callum.does(thread, "stay-on")
    sweep_up(at=at(TWO))
    work = callum.call("GET", "work").json()
    assert (work["shift_ends"], work["shift_over"], work["absent"]) == (None, TWO.isoformat(), False)
    assert work["kept"] == [{"conversation": encode(thread), "until": (TWO + 59 * MINUTE).isoformat()}]
