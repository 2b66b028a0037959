"""Working time: added to an instant, counted between two, and counted backwards, in a channel's opening hours."""

from datetime import datetime, timedelta

from helpline.calendar.opening import ONE_DAY, Calendar
from helpline.calendar.wall_clock import local_date

# How far back working time is counted.
LOOK_BACK_DAYS = 120


class NoWorkingTime(ValueError):
    """Working time to add must be more than none."""


def add_working_time(calendar: Calendar, at: datetime, amount: timedelta) -> datetime | None:
    """The first instant by which `amount` of opening time has passed since `at`; None if that is beyond the horizon.

    Raises:
        NoWorkingTime: the amount is not positive.
    """
    if amount <= timedelta():
        raise NoWorkingTime(f"Working time to add must be positive, not {amount}.")
    left = amount
    for opening in calendar.pieces(at):
        start = max(opening.start, at)
        if left <= opening.end - start:
            return start + left
        left -= opening.end - start
    return None


def working_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The opening time between two instants, none where the end comes first; the calendar must be known from the start on."""
    total = timedelta()
    for piece in calendar.pieces(start):
        if piece.start >= end:
            break
        total += max(min(piece.end, end) - max(piece.start, start), timedelta())
    return total


def working_time_ago(calendar: Calendar, at: datetime, amount: timedelta) -> datetime | None:
    """The latest instant since which `amount` of opening time has passed by `at`; None if that is more than 120 days ago.

    The other way round of `add_working_time`: what came then or earlier has waited so long. The calendar must be known so far back.

    Raises:
        NoWorkingTime: the amount is not positive.
    """
    if amount <= timedelta():
        raise NoWorkingTime(f"Working time to go back must be positive, not {amount}.")
    left, day = amount, local_date(at, calendar.zone)
    # From tomorrow: where clocks go back over midnight, the day before may still have an opening to come.
    for number in range(-1, LOOK_BACK_DAYS):
        for piece in reversed(calendar.on(day - number * ONE_DAY)):
            end = min(piece.end, at)
            if end <= piece.start:
                continue
            if left <= end - piece.start:
                return end - left
            left -= end - piece.start
    return None
