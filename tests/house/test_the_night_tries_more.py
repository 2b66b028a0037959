"""By night each property is tried with five hundred examples or more, whatever its test says, and what waits for the night is run."""

import ast
import json

import pytest

from tests.house.tools import files, run, said
from tests.parts.environment import REPOSITORY
from tests.parts.examples import BY_DAY, BY_NIGHT, examples

COUNTS = """
import json
from collections import Counter
from hypothesis import given, strategies
from tests.parts.examples import examples

tried = Counter()
numbers = strategies.integers(0, 2**60)

@given(numbers)
def test_with_no_number(number):
    tried["none"] += 1

@examples(day=7)
@given(numbers)
def test_with_a_number_for_the_day(number):
    tried["day"] += 1

@given(numbers)
@examples(day=9, night=700)
def test_with_numbers_for_both(number):
    tried["both"] += 1

def test_says_how_many():
    print("\\n" + json.dumps(tried))
"""


WAITS = """
import pytest

@pytest.mark.night("there is no time by day")
def test_of_the_night(): ...

@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.night("it is long"))])
def test_of_both(number): ...
"""


def own_numbers(source: str) -> list[int]:
    """The lines that give Hypothesis a number of examples."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.keyword) and node.arg == "max_examples"]


def test_no_test_gives_hypothesis_a_number_itself() -> None:
    tests = [path for path in files() if path.suffix == ".py" and path.is_relative_to(REPOSITORY / "tests")]
    found = {str(path.relative_to(REPOSITORY)): own_numbers(path.read_text()) for path in tests}
    # Its two profiles, and the one function that asks which of them it is.
    assert len(found.pop("tests/parts/examples.py")) == 3
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_such_a_number_is_seen() -> None:
    assert own_numbers("@given(some)\n@settings(max_examples=40)\ndef test_it(): ...") == [2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each profile says of those tests."""
    folder = tmp_path_factory.mktemp("profiles")
    (folder / "test_counts.py").write_text(COUNTS)
    (folder / "test_waits.py").write_text(WAITS)
    options = ["-c", str(REPOSITORY / "pyproject.toml"), "--rootdir", str(folder), "-n", "0", "-p", "no:cacheprovider", "-s"]
    runs = {profile: run("pytest", *options, "--hypothesis-profile", profile, str(folder), CI="true") for profile in ("day", "nightly")}
    for done in runs.values():
        assert done.returncode == 0, said(done)
    return {profile: done.stdout for profile, done in runs.items()}


@pytest.mark.parametrize(
    ("profile", "none", "day", "both"), [("day", BY_DAY, 7, 9), ("nightly", BY_NIGHT, BY_NIGHT, 700)], ids=["day", "night"]
)
def test_as_many_are_tried(told: dict[str, str], profile: str, none: int, day: int, both: int) -> None:
    line = next(line for line in told[profile].splitlines() if line.startswith("{"))
    assert json.loads(line) == {"none": none, "day": day, "both": both}


def test_a_night_of_fewer_is_refused() -> None:
    for day, night in ((25, 400), (600, 500)):
        with pytest.raises(ValueError, match="By night at least"):
            examples(day=day, night=night)


@pytest.mark.parametrize(("profile", "outcome"), [("day", "5 passed, 2 deselected"), ("nightly", "7 passed")])
def test_what_waits_for_the_night_is_run_then(told: dict[str, str], profile: str, outcome: str) -> None:
    """Four tests count, one of the three others is of the day."""
    assert outcome in told[profile]


def test_the_nightly_run_is_of_the_night() -> None:
    assert ".ci/run --hypothesis-profile nightly" in (REPOSITORY / ".ci" / "nightly").read_text()
