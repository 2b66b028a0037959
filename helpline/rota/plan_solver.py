"""Finds who takes which shift, as a mixed-integer program for the solver HiGHS. No Django here.

`python -m helpline.rota.plan_solver` reads JSON and writes JSON: as a process of its own, so that no web process loads the solver or
waits for the lock of its interpreter.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

# Of plans that leave as few hours without someone: what even shares weigh, and what each shift in a liked time does.
UNEVEN, WISH = 50.0, 1.0
# Of those, no plan is better by more than this part.
GAP = 0.01
ROOT = Path(__file__).resolve().parents[2]
# To load the solver and to answer.
BESIDE_SECONDS = 15


@dataclass(frozen=True)
class PlanSlot:
    """A time that `missing` people are needed for. `day` and `week` are numbers: the same for slots of one local day, or of one week."""

    day: int
    week: int
    minutes: int
    missing: int


@dataclass(frozen=True)
class PlanPerson:
    """Someone who may be planned. `fits` are the slots they can take, `likes` those of them that they would like.

    `apart` are pairs of slots of which they can take one at most. `done` is what they work in each week already, `most` what they may
    work in any: both in minutes.
    """

    fits: Sequence[int]
    likes: Sequence[int]
    apart: Sequence[tuple[int, int]]
    done: Sequence[int]
    most: int


@dataclass(frozen=True)
class FoundPlan:
    """`given` are pairs of a person's number and a slot's. `best`: no plan is better, but for a hundredth in evenness and wishes."""

    given: Sequence[tuple[int, int]]
    best: bool


class NoPlanFound(Exception):
    """The solver stopped without any plan, or did not stop."""


def find_plan(slots: Sequence[PlanSlot], people: Sequence[PlanPerson], *, most_a_day: int, seconds: int) -> FoundPlan:
    """`solve_plan` in a process of its own.

    Raises:
        NoPlanFound
    """
    asked = {"slots": [asdict(slot) for slot in slots], "people": [asdict(person) for person in people]}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "helpline.rota.plan_solver"],
            input=json.dumps(asked | {"most_a_day": most_a_day, "seconds": seconds}),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=seconds + BESIDE_SECONDS,
            check=True,
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError, OSError) as error:
        raise NoPlanFound("No plan was found in the time there is. Plan fewer weeks.") from error
    return FoundPlan([(person, slot) for person, slot in found["given"]], found["best"])


def solve_plan(slots: Sequence[PlanSlot], people: Sequence[PlanPerson], *, most_a_day: int, seconds: int) -> FoundPlan:
    """The plan that leaves the fewest hours without someone; of those, the evenest one with the most wishes.

    The same numbers give the same plan, unless it stops because of the time. `most_a_day` is in minutes; `seconds` is all that it may take.

    Raises:
        NoPlanFound
    """
    if not any(person.fits for person in people):
        return FoundPlan([], best=True)
    import highspy

    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (("output_flag", False), ("time_limit", seconds / 2), ("threads", 1), ("mip_rel_gap", 0.0)):
        model.setOptionValue(name, value)
    taken = {(each, number): model.addBinary() for each, person in enumerate(people) for number in person.fits}
    short = [model.addIntegral(0, slot.missing) for slot in slots]
    for number, slot in enumerate(slots):
        there = [taken[each, number] for each in range(len(people)) if (each, number) in taken]
        model.addConstr(sum(there, start=short[number]) == slot.missing)
    share = model.addVariable(0, model.inf)
    for each, person in enumerate(people):
        own = {number: taken[each, number] for number in person.fits}
        for rule in _rules(person, own, slots, most_a_day, share):
            model.addConstr(rule)
    left = sum(each * slots[number].minutes for number, each in enumerate(short))
    model.minimize(left)
    fewest, best = model.getObjectiveValue(), model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if model.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise NoPlanFound("No plan was found in the time there is. Plan fewer weeks.")
    given = _given(model, taken)
    model.addConstr(left <= round(fewest))
    model.setOptionValue("mip_rel_gap", GAP)
    liked = sum(taken[each, number] * 1 for each, person in enumerate(people) for number in person.likes)
    model.minimize(share * UNEVEN - liked * WISH)
    if model.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        given = _given(model, taken)
    return FoundPlan(given, best and model.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _rules(person: PlanPerson, own: Mapping[int, Any], slots: Sequence[PlanSlot], most_a_day: int, share: Any) -> Iterator[Any]:
    """Rest, the hours of a day and of a week, and that the person's share is at most the largest one."""
    for one, other in person.apart:
        yield own[one] + own[other] <= 1
    for _, minutes in _summed(own, slots, "day"):
        yield minutes <= most_a_day
    for week, minutes in _summed(own, slots, "week"):
        yield minutes <= max(0, person.most - person.done[week])
    if own and person.most:
        of_all = person.most * len(person.done)
        yield sum(own[number] * (slots[number].minutes / of_all) for number in own) + sum(person.done) / of_all <= share


def _summed(own: Mapping[int, Any], slots: Sequence[PlanSlot], name: str) -> Iterator[tuple[int, Any]]:
    """For each day, or week, that some of the slots lie in: the minutes of those that the person takes."""
    found: dict[int, Any] = {}
    for number, variable in own.items():
        key = getattr(slots[number], name)
        found[key] = found.get(key, 0) + variable * slots[number].minutes
    return iter(found.items())


def _given(model: Any, taken: Mapping[tuple[int, int], Any]) -> list[tuple[int, int]]:
    return [key for key, variable in taken.items() if model.val(variable) > 0.5]


def _main() -> None:
    # The solver writes its name to standard output when it starts.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    asked = json.load(sys.stdin)
    slots = [PlanSlot(**slot) for slot in asked["slots"]]
    people = [PlanPerson(**person) for person in asked["people"]]
    found = solve_plan(slots, people, most_a_day=asked["most_a_day"], seconds=asked["seconds"])
    json.dump(asdict(found), answer)
    answer.close()


if __name__ == "__main__":
    _main()
