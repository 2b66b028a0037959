"""Every talk ends: by either side, at closing, when nobody writes, with its conversation; or goes on with whoever has the conversation."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.models import OpeningInterval, Shift
from helpline.models.audit import AuditEntry
from messaging.housekeeping import sweep_up
from messaging.models import Conversation, Talk, TalkRest
from messaging.protocol.encoding import encode
from messaging.routing.talk_policy import GRACE, IDLE, LAST_WORD
from messaging.talks.moves import move_talks
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, kind_of, set_clock
from tests.world.talks import asks, looks, named, offered, stands

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
WHILE = 10 * SECOND
Later = Callable[[timedelta], object]


def ended() -> str:
    talk = Talk.objects.get()
    assert (talk.state == "ended") is bool(talk.ended)
    return talk.ended


def test_the_counsellor_ends_it_and_has_five_quiet_minutes(person: Person, talk: bytes, moira: AtDesk, callum: AtDesk) -> None:
    assert kind_of(callum.does(talk, "live/end")) == "not-yours"
    assert moira.does(talk, "live/end").status_code == 204
    assert moira.does(talk, "live/end").status_code == 204
    told = stands(person)
    assert (told["state"], told["ended"]) == ("ended", "counsellor")
    assert looks(moira)["quiet_until"] is not None
    assert asks(person)["state"] == "message", "she is not asked again at once"
    assert TalkRest.objects.count() == 1
    move_talks(at=NOON + 10 * MINUTE)
    assert not TalkRest.objects.exists()


def test_a_look_at_talks_that_go_on_locks_none_of_them(talk: bytes, moira: AtDesk) -> None:
    looks(moira)
    with CaptureQueriesContext(connection) as asked:
        assert move_talks(at=NOON + WHILE) == 0
    assert not [each["sql"] for each in asked if "FOR UPDATE" in each["sql"] and "messaging_talk" in each["sql"]]


def test_the_person_ends_it(person: Person, talk: bytes, moira: AtDesk) -> None:
    assert person.call("DELETE", "inbox/live/request").json()["ended"] == "person"
    assert looks(moira)["talks"] == []


def test_the_person_takes_the_wish_back(person: Person, conversation: bytes, moira: AtDesk) -> None:
    looks(moira)
    asks(person)
    assert person.call("DELETE", "inbox/live/request").json()["ended"] == "withdrawn"
    assert offered(moira) == []
    assert kind_of(moira.does(conversation, "live/take")) == "taken"


def test_what_is_written_stays_with_whoever_talks(person: Person, talk: bytes, moira: AtDesk) -> None:
    sweep_up(at=NOON)
    moira.reply(talk)
    assert Conversation.objects.get().state == "answered"
    person.write()
    row = Conversation.objects.get()
    assert (row.state, row.unrouted_since) == ("assigned", None), "nobody else is given it in between"
    assert looks(moira)["talks"][0]["unread"] == 1


def test_nobody_writes(person: Person, talk: bytes, moira: AtDesk, later: Later) -> None:
    later(IDLE + WHILE)
    looks(moira)
    assert stands(person)["idle"] is True
    assert looks(moira)["talks"][0]["idle"] is True
    asks(person)
    assert stands(person)["idle"] is False, "asking again says: still here"
    later(2 * (IDLE + WHILE) + LAST_WORD)
    assert stands(person)["ended"] == "idle"
    assert Conversation.objects.get().state == "assigned", "it waits as a message"


def test_both_are_told_before_closing_and_it_may_go_on_for_twenty_minutes(person: Person, talk: bytes, moira: AtDesk, later: Later) -> None:
    OpeningInterval.objects.filter(channel="live").update(closes=745)
    closes = NOON + 25 * MINUTE
    later(10 * MINUTE)
    assert (stands(person)["until"], looks(moira)["talks"][0]["closes_at"]) == (None, None)
    asks(person)
    set_clock(closes - 10 * MINUTE)
    until = (closes + GRACE).isoformat()
    assert (stands(person)["until"], looks(moira)["talks"][0]["closes_at"]) == (until, until)
    set_clock(closes + WHILE)
    asks(person)
    assert stands(person)["state"] == "taken"
    other = Person()
    other.write_first(at=closes)
    other.come_back()
    assert asks(other)["state"] == "message", "no new one begins"
    set_clock(closes + GRACE - MINUTE)
    asks(person)
    assert stands(person)["state"] == "taken"
    set_clock(closes + GRACE)
    assert stands(person)["ended"] == "closing"


def test_it_ends_with_the_conversation(person: Person, talk: bytes, moira: AtDesk) -> None:
    moira.answer(talk)
    assert moira.does(talk, "close", route="self", actions=[], signposts=[]).status_code == 200
    assert ended() == "counsellor"


def test_a_block_ends_it_and_so_does_deleting(person: Person, talk: bytes, moira: AtDesk) -> None:
    moira.does(talk, "block", days=1)
    assert ended() == "counsellor"
    assert person.call("DELETE", "inbox").status_code == 204
    assert not Talk.objects.exists()
    assert TalkRest.objects.count() == 1


def test_it_goes_with_the_conversation_when_that_is_handed_over(
    desk: Desk, person: Person, talk: bytes, moira: AtDesk, callum: AtDesk
) -> None:
    looks(callum)
    moira.does(talk, "hand-over", to=encode(desk.members["Callum"].public_id))
    assert [each["conversation"] for each in looks(callum)["talks"]] == named(talk)
    assert (looks(moira)["talks"], stands(person)["state"]) == ([], "taken")


def test_at_the_end_of_a_shift_the_others_are_asked(desk: Desk, person: Person, talk: bytes, moira: AtDesk, callum: AtDesk) -> None:
    sweep_up(at=NOON)
    Shift.objects.filter(counsellor=desk.members["Moira"].counsellor).update(ends_at=NOON + MINUTE)
    set_clock(NOON + 2 * MINUTE)
    looks(moira)
    looks(callum)
    sweep_up(at=NOON + 2 * MINUTE)
    assert stands(person)["state"] in {"offered", "taken"}
    assert looks(moira)["talks"] == []
    told = looks(callum)
    assert [each["conversation"] for each in told["offers"] + told["talks"]] == named(talk)


def test_what_staff_do_is_in_the_trail(person: Person, talk: bytes, moira: AtDesk) -> None:
    moira.does(talk, "live/end")
    assert list(AuditEntry.objects.filter(what="live talk").order_by("pk").values_list("action", flat=True)) == ["taken", "ended"]


def test_talks_are_counted(person: Person, conversation: bytes, moira: AtDesk, django_capture_on_commit_callbacks: Any) -> None:
    from messaging.models import DeskSum
    from messaging.models.desk_sums import TalkCount
    from messaging.reports.record import sums

    looks(moira)
    with django_capture_on_commit_callbacks(execute=True):
        asks(person)
        moira.does(conversation, "live/take")
        moira.does(conversation, "live/end")
    sums.flush()
    counted = {TalkCount(place).name: number for place, number in DeskSum.objects.filter(kind="talk").values_list("place", "number")}
    assert counted == {"ASKED": 1, "TAKEN": 1, "TAKEN_AT_ONCE": 1, "ENDED_BY_COUNSELLOR": 1}
