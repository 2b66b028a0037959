"""Takes one rule out of the code for as long as a test runs: a test that stays green without the rule it is there for shows nothing."""

import inspect
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import CodeType
from typing import Any

import pytest


@dataclass(frozen=True)
class Rule:
    """Where a rule stands: its function, its very text there, and what takes the place of the text.

    `vector` names a case that comes out otherwise without it, and is empty where a test of an attack shows the rule. `also` are further
    texts of the same rule in the same function.
    """

    function: Any
    text: str
    instead: str
    vector: str = ""
    also: tuple[tuple[str, str], ...] = ()

    @property
    def changes(self) -> tuple[tuple[str, str], ...]:
        return ((self.text, self.instead), *self.also)


def code_without(function: Any, changes: Iterable[tuple[str, str]]) -> CodeType:
    """The function's code with each text replaced. Raises LookupError unless each stands in it exactly once."""
    source = textwrap.dedent(inspect.getsource(function))
    for text, instead in changes:
        if source.count(text) != 1:
            raise LookupError(f"{function.__qualname__} does not have this once: {text}")
        source = source.replace(text, instead)
    # Annotations stay as text: their names need not be there again.
    whole = compile("from __future__ import annotations\n" + source, str(inspect.getsourcefile(function)), "exec")
    return next(each for each in whole.co_consts if isinstance(each, CodeType) and each.co_name == function.__name__)


def take_out(monkeypatch: pytest.MonkeyPatch, *rules: Rule) -> None:
    """Until the test ends; whoever imported a function has it without the rules too."""
    changes: dict[Any, list[tuple[str, str]]] = {}
    for rule in rules:
        changes.setdefault(rule.function, []).extend(rule.changes)
    for function, texts in changes.items():
        monkeypatch.setattr(function, "__code__", code_without(function, texts))


def stopped_by(*rules: str | tuple[str, ...]) -> Callable[[Any], Any]:
    """The test of an attack runs as it stands, and once more without each of these rules: then it must fail, for the attack succeeds.

    Several in a pair of brackets are taken out at once: each of them alone stops it. The room's fixture `rules_out` takes them out.
    """
    fails = (AssertionError, pytest.fail.Exception)
    chosen = [(each,) if isinstance(each, str) else each for each in rules]
    without = [pytest.param(each, id=f"without: {', '.join(each)}", marks=pytest.mark.xfail(strict=True, raises=fails)) for each in chosen]
    both = pytest.mark.parametrize("rules_out", [pytest.param((), id="with every rule"), *without], indirect=True)
    return lambda test: pytest.mark.usefixtures("rules_out")(both(test))
