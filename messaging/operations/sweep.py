"""Everything that time alone changes at the desk, in the order in which it has to happen. It may run twice, at once, or not at all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from messaging.operations.end_shifts import end_shifts
from messaging.operations.hand_back_unable import hand_back_unable
from messaging.operations.route import route_waiting
from messaging.operations.tell_flags import tell_flags
from messaging.operations.wake import wake

# Each takes `at`, and is idempotent. Whoever may be in danger comes first. Threads wake after it was seen whose shift is over and who is
# able, and before routing looks at what waits.
STEPS: tuple[Callable[..., Any], ...] = (tell_flags, end_shifts, hand_back_unable, wake, route_waiting)


def sweep(*, at: datetime) -> int:
    """Every few seconds: flags that no lead opens, shifts that are over, and what waits after a lost nudge, a killed worker or at opening.

    How many conversations routing gave to somebody here, whom no task had given them.
    """
    done = {step: step(at=at) for step in STEPS}
    return int(done.get(route_waiting, 0))
