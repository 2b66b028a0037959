"""What waits against what those able can take before it is due; disclosures, readers and key-holders; and an empty service is not fine."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpline.calendar import Interval
from helpline.models import Absence, Organisation, Shift
from messaging.models import Conversation
from messaging.monitoring.assess import StatusFinding, StatusState, status_findings
from messaging.monitoring.figures import status_figures
from messaging.monitoring.heartbeat import record_beat_tick
from messaging.monitoring.late_replies import ANSWER, count_late_replies
from tests.messaging.routing.unable import the_grant, the_vault, the_way_to_the_desk
from tests.world.desk import NOON, open_helpline, put_on_duty
from tests.world.queue import fill_queue

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def lines(at: datetime = NOON) -> dict[str, StatusFinding]:
    record_beat_tick(0, at=at)
    return {line.name: line for line in status_findings(status_figures(at=at))}


@pytest.mark.django_db
class TestWithRows:
    def test_whatever_is_wrong_says_what_to_do(self) -> None:
        """Nothing is set up here, so much is wrong: and the clock of the service never ran, ran long ago, or runs ahead."""
        now = status_figures(at=NOON)
        for ago in (None, 4000, -4000):
            found = status_findings(replace(now, beat_ago=ago))
            assert "beat-silent" in {line.condition for line in found if line.state == StatusState.ACT}
            assert [line.name for line in found if line.state != StatusState.FINE and not line.do.endswith((".", ").", "”."))] == []
            assert not [line.do for line in found if re.search(r"[a-z]\.[A-Z]", line.do)]

    def test_more_waits_than_can_be_answered_before_it_is_due(self) -> None:
        desk = open_helpline("Moira")
        fill_queue(4, since=NOON)
        Conversation.objects.update(due_at=NOON + 5 * HOUR)
        # Two hours are left of the shift: four answers.
        assert lines()["What can be answered"].state == StatusState.FINE
        fill_queue(7, since=NOON, first=5)
        Conversation.objects.filter(due_at=None).update(due_at=NOON + 5 * HOUR)
        line = lines()["What can be answered"]
        assert (line.state, "cannot answer 7 of the people" in line.says) == (StatusState.LOOK, True)
        assert "very busy" in line.do
        callum = desk.join("Callum")
        assert lines()["What can be answered"].state == StatusState.LOOK, "who has no key of today answers nobody"
        desk.open_epoch()
        assert lines()["What can be answered"].says.startswith("The counsellors on the rota cannot answer 3 of the people")
        Absence.objects.create(counsellor=callum.counsellor, starts_at=NOON + HOUR, ends_at=NOON + 2 * HOUR)
        assert lines()["What can be answered"].says.startswith("The counsellors on the rota cannot answer 5 of the people")

    def test_a_service_that_nobody_has_set_up_is_not_fine(self, db: None) -> None:
        Organisation.objects.create(pk=1, name="Helpline", phone="")
        told = lines()
        assert {told[name].state for name in ("Certificates", "Who can read", "Key-holders", "The desk's key")} == {StatusState.ACT}
        assert told["Certificates"].says == "No counsellor has a certificate."
        assert (told["On duty"].state, told["On duty"].says) == (StatusState.LOOK, "Messages have no future opening hours.")
        assert all(line.do for line in told.values() if line.state != StatusState.FINE)

    def test_a_single_key_holder_and_a_single_reader_are_looked_at(self) -> None:
        desk = open_helpline("Moira", "Callum")
        assert (lines()["Who can read"].state, lines()["Key-holders"].state) == (StatusState.FINE, StatusState.LOOK)
        the_grant(desk.members["Callum"])
        assert lines()["Who can read"].state == StatusState.LOOK
        the_vault(desk.members["Moira"])
        assert {lines()[name].state for name in ("Who can read", "Key-holders")} == {StatusState.ACT}

    def test_who_has_not_come_and_who_has_no_keys_is_counted_and_nobody_named(self) -> None:
        desk = open_helpline("Moira", "Callum", "Nora")
        the_way_to_the_desk(desk.members["Callum"])
        the_grant(desk.members["Nora"])
        line = lines()["On duty"]
        assert line.state == StatusState.LOOK
        assert line.says == "Someone on duty can answer. On duty but not seen at the desk: 1. On duty without today’s keys: 1."
        the_way_to_the_desk(desk.members["Moira"])
        line = lines()["On duty"]
        assert (line.state, line.condition) == (StatusState.ACT, "nobody-on-duty")
        assert "Hours" in line.do
        Shift.objects.all().delete()
        assert lines()["On duty"].says == "Messages are open, but nobody on duty can answer."
        put_on_duty(desk.members["Moira"], NOON + 5 * HOUR)
        assert lines(NOON + 6 * HOUR)["On duty"].says == "Messages are closed."


@given(
    dues=some.lists(some.integers(-100, 900), max_size=30),
    shifts=some.lists(some.tuples(some.integers(-200, 800), some.integers(1, 300)), max_size=5),
)
def test_the_count_agrees_with_answering_one_after_the_other(dues: list[int], shifts: list[tuple[int, int]]) -> None:
    """Minute by minute: whoever works gives a minute to the one due soonest; nobody starts what cannot be done in time."""
    working = [Interval(NOON + start * MINUTE, NOON + (start + length) * MINUTE) for start, length in shifts]
    told = count_late_replies([NOON + due * MINUTE for due in dues], working, at=NOON)
    late, needed = 0, 0
    for due in sorted(dues):
        minutes = sum(start <= minute < start + length for minute in range(due) for start, length in shifts)
        if due > 0 and needed + ANSWER // MINUTE > minutes:
            late += 1
        else:
            needed += ANSWER // MINUTE
    assert told == late
