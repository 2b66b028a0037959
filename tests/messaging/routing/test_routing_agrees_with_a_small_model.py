"""Whatever order the desk's operations come in, routing keeps its promises against a model of a few dictionaries; and the model can fail.

Twenty runs by day, five hundred by night (tests/parts/examples.py).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from messaging.models import DeskMember
from messaging.routing import policy
from messaging.routing.policy import RoutingCandidate, RoutingChoice
from tests.messaging.routing.routing_model import Desk
from tests.parts.examples import OF_A_MODEL, examples

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(OF_A_MODEL)]
STEPS: dict[str, Any] = {
    "stateful_step_count": 30,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
}


@pytest.mark.long
def test_routing_agrees_with_the_model() -> None:
    run_state_machine_as_test(Desk, settings=examples(day=20, **STEPS))


choose = policy.choose_counsellor
Choose = Callable[..., RoutingChoice | None]


def with_loads(change: Callable[[RoutingCandidate], RoutingCandidate]) -> Choose:
    """Routing that sees somebody else's loads."""

    def faulty(on_duty: Iterable[RoutingCandidate], **asked: object) -> RoutingChoice | None:
        return choose([change(load) for load in on_duty], **asked)  # type: ignore[arg-type]

    return faulty


def without(**forgotten: object) -> Choose:
    """Routing that does not look at something it was told."""

    def faulty(on_duty: Iterable[RoutingCandidate], **asked: object) -> RoutingChoice | None:
        return choose(on_duty, **asked | forgotten)  # type: ignore[arg-type]

    return faulty


FAULTS: dict[str, tuple[object, str, object]] = {
    "one above the cap": (policy, "choose_counsellor", with_loads(lambda load: replace(load, cap=load.cap + 1))),
    "the longest idle comes last": (policy, "choose_counsellor", with_loads(lambda load: replace(load, turn=-load.turn))),
    "the most open work comes first": (
        policy,
        "choose_counsellor",
        with_loads(lambda load: replace(load, open=-load.open, cap=load.room - load.open)),
    ),
    "whoever had the thread is forgotten": (policy, "choose_counsellor", without(has_it=None)),
    "whoever gave it back gets it again": (policy, "choose_counsellor", without(released_by=None)),
    "a flag is not looked at": (policy, "choose_counsellor", without(flagged=False)),
    "shares are not looked at": (policy, "fair_candidates", list[RoutingCandidate]),
    "a break is not looked at": (DeskMember, "is_away", lambda _member, _at: False),
}


SOON = "one above the cap"
FOUND_LATE = pytest.mark.night("it takes up to thirty runs to find; by day the one that is found soonest")


@pytest.mark.parametrize("fault", [pytest.param(name, marks=[FOUND_LATE] if name != SOON else []) for name in FAULTS])
def test_the_model_finds_what_is_wrong_with_routing(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Always in the same runs, so that this test says the same each time."""
    monkeypatch.setattr(*FAULTS[fault])
    found = examples(
        day=50, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False, print_blob=False, **STEPS
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Desk, settings=found)
