"""Whatever becomes of keys, roles, shifts and breaks: nothing is taken, promised or given while nobody is able. The model can fail."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from helpline.calendar import able_to_answer
from helpline.calendar.able_to_answer import AnsweringLack
from tests.messaging.routing.able_model import Anybody
from tests.parts.examples import OF_A_MODEL, examples

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(OF_A_MODEL)]
FOUND_LATE = pytest.mark.night("it takes up to two hundred runs to find; by day the one that is found soonest")
LATE = {AnsweringLack.VAULT, AnsweringLack.ROLE, AnsweringLack.GRANT, AnsweringLack.BREAK}
STEPS: dict[str, Any] = {
    "stateful_step_count": 25,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
}


@pytest.mark.long
def test_whatever_happens_to_anybody() -> None:
    run_state_machine_as_test(Anybody, settings=examples(day=10, **STEPS))


def blind_to(lack: AnsweringLack) -> Callable[..., Any]:
    """The one function, but for one thing that it forgets to ask for."""
    lacks = able_to_answer.lack_to_answer

    def faulty(*asked: Any, besides: Any = (), **more: Any) -> AnsweringLack | None:
        return lacks(*asked, besides={lack, *besides}, **more)

    return faulty


@pytest.mark.long
@pytest.mark.parametrize(
    "lack",
    [
        AnsweringLack.UNSEEN,
        *(pytest.param(lack, marks=FOUND_LATE) for lack in AnsweringLack if lack in LATE),
    ],
)
def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch, lack: AnsweringLack) -> None:
    faulty = blind_to(lack)
    for room in (
        "helpline.hours.on_duty",
        "messaging.monitoring.figures",
        "messaging.routing.hand_back_unable",
    ):
        monkeypatch.setattr(f"{room}.lack_to_answer", faulty)
    if lack in able_to_answer.TO_READ:
        whole = able_to_answer.lack_to_read
        for room in (
            "helpline.hours.desk_registry",
            "messaging.keys.desk_knowledge",
            "messaging.monitoring.figures",
            "messaging.routing.hand_back_unable",
        ):
            monkeypatch.setattr(f"{room}.lack_to_read", lambda known: None if whole(known) == lack else whole(known))
    if lack == AnsweringLack.BREAK:
        monkeypatch.setattr("helpline.hours.on_duty.break_duties", lambda *_: [])
    # Always in the same runs, and no longer than until the first.
    found = examples(
        day=500, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False, print_blob=False, **STEPS
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Anybody, settings=found)
