"""Gaps, short rest, closed hours and absences are told before a change is made; whoever has read all of it may go on."""

from datetime import timedelta

import pytest

from helpline.calendar import Hours
from helpline.hours.on_duty import counsellors_on_duty
from helpline.models import Absence, Counsellor, MinimumCover, Shift, ShiftOffer
from helpline.rota.absences import AbsenceBackwards, note_absence, remove_absence
from helpline.rota.consequences import AllConsequences, Consequences
from helpline.rota.gaps import first_gap
from helpline.rota.patterns import set_minimum_cover
from helpline.rota.shifts import ShiftOverlaps, ShiftTooLong, add_shift, put_shift, remove_shift
from helpline.rota.swaps import ask_swap
from tests.helpline.rota.times import AT, DAY, FIVE, NINE, ONE
from tests.world.instants import utc

GAP = "This makes a gap. Messages, Monday 2 November, 09:00 to 13:00: one more person is needed."


def _move(
    shift: Shift | None, counsellor: Counsellor, starts: object = NINE, ends: object = ONE, known: object = (), **more: object
) -> Shift:
    given: dict[str, object] = {"channel": "messages", "published": True, "at": AT, **more}
    return put_shift(shift, counsellor=counsellor, starts_at=starts, ends_at=ends, known=known, **given)  # type: ignore[arg-type]


def test_taking_a_shift_off_makes_a_gap(morning: Shift) -> None:
    with pytest.raises(Consequences) as told:
        remove_shift(morning, at=AT, known=())
    assert told.value.sentences == [GAP]
    assert Shift.objects.exists()
    remove_shift(morning, at=AT, known=[GAP])
    assert not Shift.objects.exists()


def test_what_was_not_read_is_told_again(morning: Shift, ben: Counsellor) -> None:
    """Between the sentence and the button somebody changed the minimum: the new sentence has to be read too."""
    MinimumCover.objects.create(channel="messages", weekday=0, opens=720, closes=780, number=2)
    with pytest.raises(Consequences):
        remove_shift(morning, at=AT, known=[f"{GAP} "])


def test_a_shift_of_somebody_else_there_makes_no_gap(morning: Shift, ben: Counsellor) -> None:
    add_shift(counsellor=ben, channel="messages", starts_at=NINE, ends_at=ONE)
    remove_shift(morning, at=AT, known=())


def test_a_draft_makes_no_gap_when_it_goes(morning: Shift) -> None:
    Shift.objects.update(state="draft")
    morning.refresh_from_db()
    remove_shift(morning, at=AT, known=())


def test_a_shorter_shift_makes_a_gap_of_the_rest(morning: Shift, anna: Counsellor) -> None:
    with pytest.raises(Consequences) as told:
        _move(morning, anna, ends=ONE - timedelta(hours=1))
    assert told.value.sentences == ["This makes a gap. Messages, Monday 2 November, 12:00 to 13:00: one more person is needed."]
    assert Shift.objects.get().ends_at == ONE


def test_what_cannot_be_at_all_is_said_first(morning: Shift, anna: Counsellor) -> None:
    with pytest.raises(ShiftOverlaps):
        _move(None, anna, known=AllConsequences())
    with pytest.raises(ShiftTooLong):
        _move(None, anna, starts=ONE, ends=ONE + timedelta(hours=6, minutes=1), known=AllConsequences())
    assert Shift.objects.get() == morning


def test_closed_hours_absences_and_short_rest_are_told(morning: Shift, anna: Counsellor) -> None:
    Absence.objects.create(counsellor=anna, starts_at=NINE + DAY, ends_at=FIVE + DAY)
    with pytest.raises(Consequences) as told:
        _move(None, anna, starts=ONE + timedelta(hours=9), ends=ONE + timedelta(hours=12))
    assert [sentence.partition(" ")[0] for sentence in told.value.sentences] == ["Messages", "Anna"]
    with pytest.raises(Consequences, match=r"is away \(Tuesday 3 November, 09:00 to 17:00\)"):
        _move(None, anna, starts=NINE + DAY, ends=ONE + DAY)
    assert Shift.objects.count() == 1


def test_a_shift_that_moves_is_offered_no_more(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    _move(morning, ben)
    assert ShiftOffer.objects.get(pk=offer.pk).state == "withdrawn"


def test_a_published_shift_stays_published_and_a_draft_a_draft(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    assert _move(morning, ben, published=False).state == "published"
    assert _move(None, anna, published=False).state == "draft"


def test_a_shift_that_is_gone_cannot_be_changed(morning: Shift, anna: Counsellor) -> None:
    Shift.objects.all().delete()
    with pytest.raises(Shift.DoesNotExist):
        _move(morning, anna)


def test_an_absence_says_which_shifts_are_left(morning: Shift, anna: Counsellor) -> None:
    with pytest.raises(Consequences) as told:
        note_absence(counsellor=anna, starts_at=NINE, ends_at=FIVE, at=AT, known=())
    assert told.value.sentences == ["Anna has a shift on messages then: Monday 2 November, 09:00 to 13:00.", GAP]
    assert not Absence.objects.exists()
    assert note_absence(counsellor=anna, starts_at=NINE, ends_at=FIVE, at=AT, known=told.value.sentences) == told.value.sentences
    remove_absence(Absence.objects.get(), at=AT)
    assert counsellors_on_duty(channel="messages", at=NINE) == [anna.pk]


def test_an_absence_of_somebody_without_shifts_needs_no_second_word(morning: Shift, ben: Counsellor) -> None:
    assert note_absence(counsellor=ben, starts_at=NINE, ends_at=FIVE, at=AT, known=()) == []
    with pytest.raises(AbsenceBackwards):
        note_absence(counsellor=ben, starts_at=NINE, ends_at=NINE, at=AT, known=())


def _rows() -> list[tuple[int, int, int, int]]:
    return list(MinimumCover.objects.filter(channel="messages").values_list("weekday", "opens", "closes", "number"))


def test_an_hour_has_one_number(morning: Shift) -> None:
    set_minimum_cover(channel="messages", weekdays=[0, 1], hours=Hours(540, 1020), number=2)
    set_minimum_cover(channel="messages", weekdays=[0], hours=Hours(600, 660), number=3)
    assert _rows() == [(0, 540, 600, 2), (0, 600, 660, 3), (0, 660, 1020, 2), (1, 540, 1020, 2)]
    set_minimum_cover(channel="messages", weekdays=[0], hours=Hours(0, 1440), number=None)
    assert _rows() == [(1, 540, 1020, 2)]


def test_a_gap_is_counted_by_the_minimum(morning: Shift) -> None:
    gap = first_gap(at=AT)
    assert (gap.channel, gap.interval.start, gap.missing) == ("phone", NINE, 1)  # type: ignore[union-attr]
    set_minimum_cover(channel="messages", weekdays=[0], hours=Hours(540, 600), number=3)
    set_minimum_cover(channel="phone", weekdays=range(7), hours=Hours(0, 1440), number=0)
    gap = first_gap(at=AT)
    assert (gap.channel, gap.interval.end, gap.missing) == ("messages", utc("2026-11-02 10:00"), 2)  # type: ignore[union-attr]
