"""What people read about when somebody is there: local time, days as people name them, nothing promised that is not kept."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from helpline.calendar import Availability, ChannelState
from helpline.hours import wording as hours_wording
from tests.helpline.pages.standing import standing, utc

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("availability", "headline"),
    [
        (
            standing(ChannelState.OPEN, "2026-11-25T11:00", closes_at="2026-11-25T17:00", changes_at="2026-11-25T16:45"),
            "Open now, until 5pm",
        ),
        (
            standing(ChannelState.OPEN, "2026-07-01T11:00", closes_at="2026-07-01T16:00", changes_at="2026-07-01T15:45"),
            "Open now, until 5pm",
        ),
        (
            standing(ChannelState.OPEN, "2026-11-25T11:00", closes_at="2026-11-26T00:00", changes_at="2026-11-25T23:45"),
            "Open now, until midnight",
        ),
        (
            standing(ChannelState.OPEN, "2026-11-25T11:00", closes_at="2026-11-27T12:00", changes_at="2026-11-26T11:00"),
            "Open now, until midday on Friday",
        ),
        (standing(ChannelState.OPEN, "2026-11-25T11:00"), "Open now"),
        (
            standing(ChannelState.CLOSING_SOON, "2026-11-25T16:50", closes_at="2026-11-25T17:00", changes_at="2026-11-25T17:00"),
            "Open, but closing soon, at 5pm",
        ),
        (standing(ChannelState.UNSTAFFED, "2026-11-25T11:00", closes_at="2026-11-25T17:00"), "Nobody can answer the phone right now"),
        (standing(ChannelState.CLOSED, "2026-11-25T07:00", opens_at="2026-11-25T09:00"), "Closed now. Opens today at 9am"),
        (standing(ChannelState.CLOSED, "2026-11-25T18:00", opens_at="2026-11-26T09:30"), "Closed now. Opens tomorrow at 9:30am"),
        (standing(ChannelState.CLOSED, "2026-11-27T18:00", opens_at="2026-11-30T09:00"), "Closed now. Opens Monday at 9am"),
        (standing(ChannelState.CLOSED, "2026-12-24T18:00", opens_at="2027-01-05T09:00"), "Closed now. Opens Tuesday 5 January at 9am"),
        (standing(ChannelState.CLOSED, "2026-11-25T18:00"), "Closed until further notice"),
    ],
)
def test_the_phones_state_is_one_short_sentence(availability: Availability, headline: str) -> None:
    assert hours_wording.phone_words(availability, LONDON).headline == headline


def test_the_phone_is_not_said_to_be_open_beyond_the_last_shift() -> None:
    """The line is open until five, but the only counsellor leaves at one."""
    open_now = standing(ChannelState.OPEN, "2026-11-25T11:00", closes_at="2026-11-25T17:00", staffed_until="2026-11-25T13:00")
    assert hours_wording.phone_words(open_now, LONDON).headline == "Open now, until 1pm"


def test_a_closure_says_why() -> None:
    closed = standing(ChannelState.CLOSED, "2026-12-25T11:00", opens_at="2026-12-29T09:00", reason="Christmas Day")
    assert hours_wording.phone_words(closed, LONDON).detail.startswith("We are closed: Christmas Day.")
    assert "(Christmas Day)" in hours_wording.messages_words(closed, LONDON).headline


@pytest.mark.parametrize("state", list(ChannelState))
def test_only_an_answered_state_is_said_to_be_answered(state: ChannelState) -> None:
    said = hours_wording.phone_words(
        standing(state, "2026-11-25T11:00", closes_at="2026-11-25T17:00", changes_at="2026-11-25T17:00"), LONDON
    )
    assert said.answers == (state in {ChannelState.OPEN, ChannelState.CLOSING_SOON})


def test_a_message_is_never_refused_by_the_clock() -> None:
    for state in ChannelState:
        said = hours_wording.messages_words(standing(state, "2026-11-25T11:00", reply_by="2026-11-26T11:00"), LONDON)
        assert "Write now and we will answer by" in said.detail


def test_a_promise_is_rounded_up_so_that_it_holds_while_the_page_is_open() -> None:
    open_now = standing(
        ChannelState.OPEN, "2026-11-25T11:07", reply_by="2026-11-26T11:07", closes_at="2026-11-25T17:00", changes_at="2026-11-25T16:45"
    )
    assert hours_wording.promise_words(open_now) == utc("2026-11-26T11:15")
    assert "by 11:15am tomorrow" in hours_wording.messages_words(open_now, LONDON).detail
    # The words stand for as long as a message sent then is still promised by 11:15.
    assert hours_wording.words_hold_until(open_now, LONDON) == utc("2026-11-25T11:15")


def test_outside_the_hours_the_promise_stands_still() -> None:
    closed = standing(
        ChannelState.CLOSED, "2026-11-25T18:00", reply_by="2026-11-26T17:00", opens_at="2026-11-26T09:00", changes_at="2026-11-26T09:00"
    )
    assert hours_wording.promise_words(closed) == utc("2026-11-26T17:00")
    # "tomorrow" stops being true at midnight, before anything opens.
    assert hours_wording.words_hold_until(closed, LONDON) == utc("2026-11-26T00:00")


def test_nothing_is_promised_when_the_calendar_promises_nothing() -> None:
    assert "cannot yet say" in hours_wording.messages_words(standing(ChannelState.CLOSED, "2026-11-25T18:00"), LONDON).detail


def test_words_never_stand_beyond_a_change_or_a_midnight() -> None:
    at = utc("2026-10-24T10:00")
    for hours in range(72):
        moment = at + timedelta(hours=hours)
        availability = standing(ChannelState.OPEN, moment.replace(tzinfo=None).isoformat(), changes_at="2026-10-28T00:00")
        end = hours_wording.words_hold_until(availability, LONDON)
        assert moment < end <= moment + timedelta(hours=25)
        assert end.astimezone(LONDON).strftime("%H:%M") == "00:00"
