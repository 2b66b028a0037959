"""How long people waited, and whether the promise was kept, by the week of the answer. PURE; of weeks with five answers or more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from helpline.counting import small
from messaging.models.desk_sums import BEYOND, STEPS
from messaging.queries.reports.told import Share, Told, share_of

HALF, NINE_TENTHS = 50, 90
Steps = Sequence[int]  # How many waits, by step.


@dataclass(frozen=True)
class Waits:
    """Half were answered within `p50` working hours and nine of ten within `p90`: a step's upper end, or None beyond the last one."""

    answered: Told
    p50: int | None
    p90: int | None
    kept: Share | None

    @property
    def known(self) -> bool:
        return self.answered.number > 0


def within(steps: Steps, percent: int) -> int | None:
    """The working hours within which so many percent were answered."""
    whole, so_far = sum(steps), 0
    for step, number in enumerate(steps[:BEYOND]):
        so_far += number
        if 100 * so_far >= percent * whole:
            return STEPS[step]
    return None


def waits_of(steps: Steps, late: int) -> Waits:
    """One week's."""
    whole = sum(steps)
    if small.shown(whole) in {0, None}:
        return Waits(Told(0, whole > 0), None, None, None)
    return Waits(Told(whole), within(steps, HALF), within(steps, NINE_TENTHS), share_of(whole - late, late))


def together(weeks: Mapping[date, tuple[Steps, int]]) -> Waits:
    """Of all weeks that are told; the share is worked out from what is told of each, so that nothing small follows from it."""
    told = {week: each for week, each in weeks.items() if small.shown(sum(each[0]))}
    whole = sum(sum(steps) for steps, _late in told.values())
    hides = len(told) < sum(1 for steps, _late in weeks.values() if sum(steps))
    if not told:
        return Waits(Told(0, hides), None, None, None)
    steps = [sum(column) for column in zip(*(steps for steps, _late in told.values()), strict=True)]
    return Waits(Told(whole, hides), within(steps, HALF), within(steps, NINE_TENTHS), _share(list(told.values()), whole))


def _share(weeks: Sequence[tuple[Steps, int]], whole: int) -> Share | None:
    """Weeks whose share is hidden count as if as few as may be were kept: the share is at least that."""
    least, exact = 0.0, True
    for steps, late in weeks:
        share = share_of(sum(steps) - late, late)
        exact = exact and share is not None and not share.bound
        if share is not None and share.bound != "at most":
            least += share.percent * sum(steps) / 100
    return Share(100 * least / whole, "" if exact else "at least")
