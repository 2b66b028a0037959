"""Everything that time alone changes at the desk, in the order in which it has to happen. It may run twice, at once, or not at all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from messaging.operations.end_shifts import end_shifts
from messaging.operations.route import route_waiting
from messaging.operations.wake import wake

# Each takes `at`, and is idempotent. Threads wake after it was seen whose shift is over, and before routing looks at what waits.
STEPS: tuple[Callable[..., Any], ...] = (end_shifts, wake, route_waiting)


def sweep(*, at: datetime) -> int:
    """Every few seconds: shifts that are over, and whatever a lost nudge, a killed worker or an opening hour left waiting.

    How many conversations routing gave to somebody here, whom no task had given them.
    """
    done = {step: step(at=at) for step in STEPS}
    return int(done.get(route_waiting, 0))
