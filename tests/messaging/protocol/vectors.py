"""The vectors as the tests read them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from messaging.protocol.peer import ProtocolError, errors

HOME = Path(__file__).parents[2] / "vectors"


@cache
def load(name: str) -> Any:
    """One case; not to be changed."""
    return json.loads((HOME / "cases" / f"{name}.json").read_text())


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (HOME / "cases").glob("*.json")))


def class_name(error: ProtocolError) -> str:
    """The name of §1.6, also for the peer's own finer classes."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in errors.__all__)
