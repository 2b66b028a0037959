"""Each rule of the protocol is taken out of the peer, alone, and something that is tested comes out otherwise.

A vector shows most of them: the browser's client is held to the same vectors, so it has these rules too. Which attack the others stop
is said by the attack's test: `stopped_by`.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.messaging.protocol.rules import RULES
from tests.messaging.protocol.vectors import load
from tests.parts.rules import code_without, take_out
from tests.vectors.runner import run


def outcome(case: dict[str, Any]) -> object:
    """What the peer says of a vector: its result, or the class of what it raised."""
    try:
        return run(case)
    except Exception as error:  # noqa: BLE001 - without a rule anything may happen, and all of it is another outcome
        return type(error)


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if rule.vector])
def test_without_it_a_vector_comes_out_otherwise(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = load(RULES[name].vector)
    before = outcome(case)
    take_out(monkeypatch, RULES[name])
    assert outcome(case) != before


def test_a_rule_without_a_vector_stops_an_attack() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    named = {name for names in re.findall(r"@stopped_by\((.*?)\)\ndef", written, re.DOTALL) for name in re.findall(r'"([^"]+)"', names)}
    assert {name for name, rule in RULES.items() if not rule.vector} - named == set()
    assert named - set(RULES) == set()


def test_a_rule_that_is_written_otherwise_is_told() -> None:
    """A check that takes nothing out would pass for ever."""
    with pytest.raises(LookupError, match="not have this once: no such line"):
        code_without(outcome, [("no such line", "")])
