"""How long people waited, and whether the promise was kept, by the week of the answer. PURE; of weeks with five answers or more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from helpline.statistics import suppression
from messaging.models.desk_sums import BEYOND, STEPS
from messaging.reports.banding import Banded, BandedShare, banded_share
from messaging.reports.periods import quarter_year

HALF, NINE_TENTHS = 50, 90
Steps = Sequence[int]  # How many waits, by step.
Weeks = Sequence[tuple[date, Steps, int]]  # Each with its Monday, its waits, and how many of them were late.


@dataclass(frozen=True)
class WaitReach:
    """Within how many working hours: a step's upper end, or more than that of the last one (`beyond`)."""

    hours: int
    beyond: bool = False


@dataclass(frozen=True)
class Waits:
    """Half were answered within `p50` and nine of ten within `p90`; None where too few were answered to tell."""

    answered: Banded
    p50: WaitReach | None = None
    p90: WaitReach | None = None
    kept: BandedShare | None = None

    @property
    def known(self) -> bool:
        return self.answered.number > 0


def wait_percentile(steps: Steps, percent: int) -> WaitReach | None:
    """How long so many percent waited at most.

    Told only where the others are five or more: of fewer answers the time that nine of ten were within would be one person's wait.
    """
    whole, so_far = sum(steps), 0
    if whole * (100 - percent) < suppression.LEAST * 100:
        return None
    for step, number in enumerate(steps[:BEYOND]):
        so_far += number
        if 100 * so_far >= percent * whole:
            return WaitReach(STEPS[step])
    return WaitReach(STEPS[-1], beyond=True)


def waits_in_week(steps: Steps, late: int) -> Waits:
    """One week's."""
    whole = sum(steps)
    if suppression.suppressed(whole) in {0, None}:
        return Waits(Banded(0, whole > 0))
    return Waits(Banded(whole), wait_percentile(steps, HALF), wait_percentile(steps, NINE_TENTHS), banded_share(whole - late, late))


def waits_together(weeks: Weeks) -> Waits:
    """Of all weeks that are told. The share is worked out from what is told of each; a time would be something new, and there is none."""
    told = _told(weeks)
    whole = sum(sum(steps) for steps, _late in told)
    answered = Banded(whole, hides=len(told) < sum(1 for _monday, steps, _late in weeks if sum(steps)))
    return Waits(answered, kept=_share(told, whole)) if told else Waits(answered)


def waits_by_quarter(weeks: Weeks, quarters: Iterable[date]) -> list[tuple[date, Waits]]:
    """Of the weeks that begin in each quarter, and are told: whatever days are asked for, a time rests on one week or one quarter."""
    return [(first, _quarter([week for week in weeks if quarter_year(week[0]) == first])) for first in quarters]


def _quarter(weeks: Weeks) -> Waits:
    told = [steps for steps, _late in _told(weeks)]
    steps = [sum(column) for column in zip(*told, strict=True)]
    return Waits(waits_together(weeks).answered, wait_percentile(steps, HALF), wait_percentile(steps, NINE_TENTHS))


def _told(weeks: Weeks) -> list[tuple[Steps, int]]:
    return [(steps, late) for _monday, steps, late in weeks if suppression.suppressed(sum(steps))]


def _share(weeks: Sequence[tuple[Steps, int]], whole: int) -> BandedShare | None:
    """Weeks whose share is hidden count as if as few as may be were kept: the share is at least that."""
    least, exact = 0.0, True
    for steps, late in weeks:
        share = banded_share(sum(steps) - late, late)
        exact = exact and share is not None and not share.bound
        if share is not None and share.bound != "at most":
            least += share.percent * sum(steps) / 100
    return BandedShare(100 * least / whole, "" if exact else "at least")
