"""From ten people's messages in the night, sent as browsers send them, over the desk's answers, to the lead's page of the new year."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest

from helpline import statistics
from messaging.protocol.encoding import decode
from tests.messaging.reports.week import everything_on, lead, page
from tests.world.desk import open_helpline
from tests.world.person import AtDesk, Person, set_clock

OnCommit = Callable[..., AbstractContextManager[object]]
PEOPLE = 10
# Wednesday and Thursday, when London keeps UTC; messages are open from nine to five.
NIGHT, MORNING, NEXT_DAY = (datetime(2026, 11, day, hour, 10, tzinfo=UTC) for day, hour in ((25, 3), (25, 10), (26, 10)))
NEW_YEAR = datetime(2027, 1, 5, 10, tzinfo=UTC)
ASKED = "?first=2026-11-23&last=2026-11-29"


@pytest.mark.django_db
def test_from_a_message_to_its_row(django_capture_on_commit_callbacks: OnCommit) -> None:
    desk = open_helpline(cap=PEOPLE)
    set_clock(NIGHT)
    with django_capture_on_commit_callbacks(execute=True):
        people = [Person() for _ in range(PEOPLE)]
        taken = [person.write_first(at=NIGHT) for person in people]
    assert {answer.status_code for answer in taken} == {201}
    threads = [decode(answer.json()["conversation"]) for answer in taken]
    callum = AtDesk(desk, "Callum")
    # Nine within two working hours of the promised eight; the tenth on the next day, after more than eight.
    for at, those in ((MORNING, threads[:9]), (NEXT_DAY, threads[9:])):
        set_clock(at)
        with django_capture_on_commit_callbacks(execute=True):
            for thread in those:
                assert callum.claim(thread).status_code == 200
                assert callum.reply(thread, at=at).status_code == 201
                assert callum.does(thread, "close", route="self", actions=["devices"], signposts=["gp"]).status_code == 200
    assert statistics.flush_counts()
    set_clock(NEW_YEAR)
    told = everything_on(page(lead(desk), ASKED))
    assert told["waits"][1:] == [["23 Nov 2026", "10", "2 h", "not shown"], ["October to December 2026", "10", "2 h", "not shown"]]
    assert told["promise"][1] == ["23 Nov 2026", "10", "at least 60%"]
    assert dict(told["closed-hours"][1:])["03:00–04:00"] == "10–14"
    assert dict(told["closed-days"][1:])["Wednesday"] == "10–14"
    assert dict(told["routes"][1:])["Wrote about themselves"] == "10–14"
    assert dict(told["actions"][1:])["Limits on devices or accounts"] == "10–14"
