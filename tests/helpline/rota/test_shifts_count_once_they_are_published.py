"""A draft is on nobody's duty, yet takes its person's time; a week is copied as drafts and published at once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from helpline.calendar.able_to_answer import BY_THE_ROTA
from helpline.hours.channels import channel_availability
from helpline.hours.on_duty import counsellors_on_duty
from helpline.models import Counsellor, Organisation, Shift
from helpline.rota.consequences import AllConsequences, Consequences
from helpline.rota.shifts import ShiftOverlaps, add_shift
from helpline.rota.weeks import copy_week, publish_week
from tests.helpline.rota.times import AT, NINE, ONE
from tests.world.instants import utc

MONDAY, NEXT = date(2026, 11, 2), date(2026, 11, 9)


def test_nobody_is_on_duty_by_a_draft(morning: Shift) -> None:
    Shift.objects.update(state="draft")
    assert counsellors_on_duty(channel="messages", at=NINE) == []
    assert channel_availability(channel="messages", at=NINE, besides=BY_THE_ROTA).state == "unstaffed"
    assert publish_week(MONDAY, at=AT, known=AllConsequences()) == 1
    assert counsellors_on_duty(channel="messages", at=NINE) == [morning.counsellor_id]
    assert channel_availability(channel="messages", at=NINE, besides=BY_THE_ROTA).state == "open"


@pytest.mark.parametrize(("standing", "added"), [("draft", "published"), ("published", "draft"), ("draft", "draft")])
def test_a_draft_and_a_shift_of_one_person_cannot_overlap(morning: Shift, anna: Counsellor, standing: str, added: str) -> None:
    Shift.objects.update(state=standing)
    with pytest.raises(IntegrityError, match="shift_overlap"), transaction.atomic():
        Shift.objects.create(counsellor=anna, channel="phone", starts_at=NINE, ends_at=ONE, state=added)


def test_a_copied_week_is_drafts_at_the_same_times(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    add_shift(counsellor=ben, channel="phone", starts_at=utc("2026-11-06 13:00"), ends_at=utc("2026-11-06 17:00"))
    assert len(copy_week(MONDAY, NEXT).shifts) == 2
    assert copy_week(MONDAY, NEXT).shifts == []
    copied = Shift.objects.filter(state="draft").order_by("starts_at")
    assert [(shift.counsellor_id, shift.starts_at) for shift in copied] == [
        (anna.pk, utc("2026-11-09 09:00")),
        (ben.pk, utc("2026-11-13 13:00")),
    ]


def test_a_copy_over_the_change_of_clock_keeps_the_wall_clock(organisation: Organisation, anna: Counsellor) -> None:
    """The Monday before the clocks go back is in BST."""
    add_shift(counsellor=anna, channel="messages", starts_at=utc("2026-10-19 08:00"), ends_at=utc("2026-10-19 12:00"))
    copied = copy_week(date(2026, 10, 19), date(2026, 10, 26)).shifts
    assert [(shift.starts_at, shift.ends_at) for shift in copied] == [(utc("2026-10-26 09:00"), utc("2026-10-26 13:00"))]


def test_what_stands_in_the_other_week_stays(morning: Shift, anna: Counsellor) -> None:
    add_shift(counsellor=anna, channel="phone", starts_at=utc("2026-11-09 12:00"), ends_at=utc("2026-11-09 14:00"))
    made = copy_week(MONDAY, NEXT)
    assert (made.shifts, made.left_out) == ([], ["Anna, Monday 9 November, 09:00 to 13:00: has a shift at 12:00–14:00 already."])


def test_gaps_that_remain_are_told_before_publishing(morning: Shift) -> None:
    Shift.objects.update(state="draft")
    with pytest.raises(Consequences) as told:
        publish_week(MONDAY, at=AT, known=())
    assert "Messages, Monday 2 November, 13:00 to 17:00: one more person is needed." in told.value.sentences
    assert Shift.objects.get().state == "draft"
    assert publish_week(MONDAY, at=AT, known=told.value.sentences) == 1


def test_a_channel_is_published_by_itself(morning: Shift, ben: Counsellor) -> None:
    add_shift(counsellor=ben, channel="phone", starts_at=NINE, ends_at=ONE)
    Shift.objects.update(state="draft")
    assert publish_week(MONDAY, at=AT, known=AllConsequences(), channel="phone") == 1
    assert dict(Shift.objects.values_list("channel", "state")) == {"messages": "draft", "phone": "published"}


def test_publishing_nothing_says_so(morning: Shift) -> None:
    assert publish_week(MONDAY, at=AT, known=()) == 0


def test_two_shifts_at_once_stay_impossible_when_somebody_else_is_quicker(morning: Shift, anna: Counsellor) -> None:
    with pytest.raises(ShiftOverlaps):
        add_shift(counsellor=anna, channel="phone", starts_at=NINE, ends_at=ONE)
