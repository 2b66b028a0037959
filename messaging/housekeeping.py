"""What time alone changes: conversations to route, shifts that end, and whatever has expired."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from helpline.pages.recording_uploads import forget_unfinished_recordings
from helpline.staff.session_store import SessionStore
from messaging.desk.flag_alerts import tell_overdue_flags
from messaging.disclosures.steps import expire_disclosures
from messaging.inbox.sessions import GRAIN, IDLE
from messaging.keys.forgotten_vaults import delete_forgotten_vaults
from messaging.models import Session, SpentChallenge
from messaging.routing.end_shifts import end_shifts
from messaging.routing.hand_back_unable import hand_back_unable
from messaging.routing.route import route_waiting
from messaging.routing.wake_snoozed import wake_snoozed
from messaging.talks.moves import move_talks


def tidy_up(*, at: datetime) -> None:
    # A use at a time that is yet to come was before a clock was set back: idle from now on, unless it is used again.
    Session.objects.filter(used_at__gt=at + GRAIN).update(used_at=at)
    Session.objects.filter(used_at__lte=at - IDLE).delete()
    # By the machine's own clock, by which they were begun; the demonstration's may show another time.
    SessionStore.clear_expired()
    SpentChallenge.objects.filter(expires_at__lte=at).delete()
    expire_disclosures(at=at)
    forget_unfinished_recordings(at=at)
    delete_forgotten_vaults(at=at)


# Each takes `at`, and is idempotent. Someone in danger comes first. Conversations wake once it is known whose shift is over and who is
# able, and before routing looks at what waits. Live talks follow what routing has decided.
STEPS: tuple[Callable[..., Any], ...] = (tell_overdue_flags, end_shifts, hand_back_unable, wake_snoozed, route_waiting, move_talks)


def sweep_up(*, at: datetime) -> int:
    """Every few seconds: flags that no lead opens, shifts that are over, and what a lost trigger or a killed worker left waiting.

    How many conversations routing gave to someone here, whom no task had given them.
    """
    done = {step: step(at=at) for step in STEPS}
    return int(done.get(route_waiting, 0))
