"""Demands the work that the load asks for, and uses it up (PROTOCOL §7.10), before anything else is done with a request."""

from datetime import datetime

from messaging.flood import proof_of_work
from messaging.flood.meter import meter
from messaging.http.problems import Problem
from messaging.models.spend import spend_challenge

SPARED = 1  # Whoever is in a conversation already is asked one step less.


def require_work(shown: str, body: bytes, *, secret: bytes, at: datetime, spared: int = 0, draft: bool = False) -> None:
    """Returns when nothing is asked for, or when the header shows work for this very body that was never used.

    The work is used up here, whatever happens later. If a later refusal gave it back, one proof would pay for any number of refusals.

    Raises:
        Problem: work-wanted, with a new challenge for the same bytes.
    """
    meter.count(at)
    level = meter.level(at, draft=draft) - spared
    if level <= 0:
        return
    done = proof_of_work.check_work(secret, body, shown, at) if shown else None
    if done is None or not spend_challenge(*done):
        raise Problem(
            "work-wanted",
            "We are receiving many messages at the moment. Do this work, and send the same bytes again.",
            work=proof_of_work.make_work(secret, body, level, at),
        )
