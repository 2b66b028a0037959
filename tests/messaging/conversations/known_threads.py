"""A thread in routing's model, and what its flag comes to while no lead opens it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from messaging.models import FlagStep

STEP = timedelta(minutes=5)


@dataclass
class Known:
    """Who has it or had it last, whether it is theirs now, who gave it back, and who has been told of its flag."""

    holder: int | None = None
    open: bool = False
    answered: bool = False
    released_by: int | None = None
    flagged: bool = False
    reminded: int = 0
    told: int = FlagStep.NOBODY
    told_at: datetime | None = None


def tell(threads: Iterable[Known], *, at: datetime) -> int:
    """The next step of each flag whose time has come: how many of them leave a line in their thread's history, as all but the first do."""
    due = [
        known
        for known in threads
        if known.flagged and known.told < FlagStep.EVERYBODY and (known.told_at is None or known.told_at + STEP <= at)
    ]
    for known in due:
        known.told, known.told_at = known.told + 1, at
    return sum(known.told > FlagStep.LEADS for known in due)
