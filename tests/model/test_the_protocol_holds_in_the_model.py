"""A search through all that a lying server can do finds the attacks on version 1, and in version 2 those alone that wait for witnesses."""

import subprocess
import sys

import pytest

from tests.model.search import (
    DESIGN,
    EVERY_SET_OF_KEYS,
    HONEST,
    MODEL_OF_THE_PROTOCOL,
    NEEDED,
    PROMISES,
    VERSION_2,
    VERSIONS,
    WITNESSED,
    Promise,
)

shortest = MODEL_OF_THE_PROTOCOL.shortest
NOBODY = frozenset[str]()
# The smallest sets of keys that break each promise, in each of VERSIONS, with a stroke between them. rog's keys have the second epoch's
# seed, and whoever left has the first's: what they open anyway stands here too.
SMALLEST = {
    "replyLeaks": ["nobody", "rog", "rog", "rog"],
    "personLeaks": ["hal / rog", "rog", "rog", "rog"],
    "privateChannel": ["rog", "", "", ""],
    "forgedNow": ["fay / hal / rog", "", "", ""],
    "forgedLate": ["fay / hal / rog", "", "", ""],
    "forkLeaks": ["hal", "hal", "fay hal / hal rog", ""],
    "deskForkLeaks": ["hal", "hal", "", ""],
    "staleLeaks": ["fay / hal / rog", "fay / hal / rog", "fay / hal / rog", ""],
    "deskStaleLeaks": ["fay / hal / rog", "fay / hal / rog", "fay / hal / rog", ""],
    "twoVerdicts": ["", "rog", "", ""],
    "forgedReply": ["", "", "", ""],
}


def test_the_model_is_read_without_a_warning() -> None:
    """Maude leaves out a rule with a slip of the pen, says so, and goes on: then everything would hold."""
    programme = "from tests.model.search import MODEL_OF_THE_PROTOCOL as m, VERSION_1 as v; print(m.states(v, frozenset()))"
    done = subprocess.run([sys.executable, "-c", programme], capture_output=True, text=True, check=True)
    assert (int(done.stdout) > 1, done.stderr) == (True, "")


@pytest.mark.parametrize("version", ["version 1", "version 2"])
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: f"{promise.review} {promise.goal}")
def test_a_promise_is_broken_in_the_versions_that_are_named(promise: Promise, version: str) -> None:
    run = shortest(promise.goal, VERSIONS[version], promise.keys)
    assert (run is not None) == (version in promise.broken_in), run


@pytest.mark.parametrize(("rule", "version", "goal", "keys"), NEEDED, ids=lambda value: value if isinstance(value, str) else "")
def test_without_a_rule_its_attack_is_back(rule: str, version: str, goal: str, keys: frozenset[str]) -> None:
    assert shortest(goal, VERSIONS[version], keys) is None
    assert shortest(goal, VERSIONS[version] - {rule}, keys) is not None


@pytest.mark.parametrize("version", VERSIONS)
def test_honest_people_reach_each_other(version: str) -> None:
    assert {goal: shortest(goal, VERSIONS[version], NOBODY) is not None for goal in HONEST} == dict.fromkeys(HONEST, True)


def test_every_rule_of_version_2_is_turned_off_once() -> None:
    assert {rule for rule, _, _, _ in NEEDED} == WITNESSED


@pytest.mark.night("all promises in all versions and under all sets of keys: a minute")
@pytest.mark.parametrize("place", range(len(VERSIONS)), ids=list(VERSIONS))
def test_nothing_more_is_broken_under_any_set_of_keys(place: int) -> None:
    rules = list(VERSIONS.values())[place]
    assert set(SMALLEST) == {promise.goal for promise in PROMISES}
    for goal, smallest in SMALLEST.items():
        least = [frozenset(each.split()) - {"nobody"} for each in smallest[place].split("/") if each]
        broken = [keys for keys in EVERY_SET_OF_KEYS if shortest(goal, rules, keys) is not None]
        assert broken == [keys for keys in EVERY_SET_OF_KEYS if any(each <= keys for each in least)], goal


@pytest.mark.night("one act more for everybody: half a minute and more")
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: f"{promise.review} {promise.goal}")
def test_one_act_more_breaks_nothing_more(promise: Promise) -> None:
    run = shortest(promise.goal, VERSION_2, promise.keys, turns=3)
    assert (run is not None) == ("version 2" in promise.broken_in), run


@pytest.mark.night("continuity beside version 2's rules, under all sets of keys")
def test_continuity_changes_nothing_once_both_sides_sign() -> None:
    for goal in {promise.goal for promise in PROMISES}:
        for keys in EVERY_SET_OF_KEYS:
            with_it, without = (shortest(goal, rules, keys) for rules in (VERSION_2 | {"continuity"}, VERSION_2))
            assert (with_it is None) == (without is None), (goal, sorted(keys))


def test_the_design_alone_lets_the_two_sides_differ() -> None:
    """Why both wraps are compared by both sides, and not each the other's alone: what the model found in the design."""
    assert shortest("twoVerdicts", DESIGN, frozenset({"rog"})) is not None
