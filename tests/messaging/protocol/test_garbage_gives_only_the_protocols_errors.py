"""Whatever is changed in whatever structure, a reader answers, or raises a class of the protocol: nothing else ever comes out."""

import copy
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import ProtocolError
from messaging.protocol.peer.errors import Malformed
from tests.messaging.protocol.vectors import load, names
from tests.parts.examples import examples
from tests.vectors.run_certificates import site_of
from tests.vectors.run_writing import DRAWN, body_of, first_body_of
from tests.vectors.runner import reader_of, run

# The slow derivation is left out: half a second a case, and the same code behind it.
SLOW = {"inbox", "root-key"}
BYTES_TO_BREAK = 30

Path = tuple[str | int, ...]


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Where everything is."""
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from paths(each, (*here, key))


def at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def put(value: Any, path: Path, new: Any) -> Any:
    changed = copy.deepcopy(value)
    at(changed, path[:-1])[path[-1]] = new
    return changed


def good(kinds: set[str] | None = None) -> list[str]:
    found = [
        name for name in names() if "expect" in load(name) and load(name)["kind"] not in SLOW and not name.startswith("vault-passphrase")
    ]
    return [name for name in found if kinds is None or load(name)["kind"] in kinds]


def is_bytes(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(decode(value)) > BYTES_TO_BREAK
    except Malformed:
        return False


def writes(case: dict[str, Any]) -> bool:
    return case["kind"] in ("write", "write-first")


def run_with_chance(case: dict[str, Any]) -> None:
    """As `run`; but whoever writes to what is broken may draw more than was written down, or something else."""
    given = case["input"]
    if case["kind"] == "write":
        body_of(given, reader_of(site_of(given), given["reader"], given["today"]), os.urandom)
    elif case["kind"] == "write-first":
        first_body_of(given, os.urandom)
    else:
        run(case)


@cache
def structures(name: str) -> tuple[Path, ...]:
    """Where a case has a structure."""
    given = load(name)["input"]
    return tuple(path for path in paths(given) if path and is_bytes(at(given, path)))


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """A good case with one of its structures changed: what a writer draws is none."""
    case = load(draw(st.sampled_from([name for name in good() if structures(name)])))
    path = draw(st.sampled_from(structures(case["name"])).filter(lambda path: not (writes(case) and path[0] in DRAWN)))
    raw = bytearray(decode(at(case["input"], path)))
    where = draw(st.integers(0, len(raw) - 1))
    how = draw(st.sampled_from(["flip", "cut", "add", "drop", "zeros", "ones", "random"]))
    if how == "flip":
        raw[where] ^= draw(st.integers(1, 255))
    elif how == "cut":
        del raw[where:]
    elif how == "drop":
        del raw[where]
    elif how == "add":
        raw[where:where] = draw(st.binary(min_size=1, max_size=40))
    elif how == "random":
        new = draw(st.binary(min_size=1, max_size=64))
        raw[where : where + len(new)] = new
    else:
        end = draw(st.integers(where, len(raw)))
        raw[where:end] = (b"\0" if how == "zeros" else b"\xff") * (end - where)
    return {**case, "input": put(case["input"], path, encode(bytes(raw)))}


@examples(day=200, night=1500)
@given(case=broken())
def test_a_broken_structure_is_answered_or_refused_by_name(case: dict[str, Any]) -> None:
    try:
        run_with_chance(case)
    except ProtocolError:
        return


@st.composite
def misshapen(draw: st.DrawFn) -> dict[str, Any]:
    """A good case with something of another kind in the server's answer."""
    case = load(draw(st.sampled_from(good({"desk", "thread"}))))
    inside = [path for path in paths(case["input"]) if path[:1] == ("answer",) or path[:2] == ("reader", "me")]
    path = draw(st.sampled_from(inside))
    new: Any = draw(
        st.sampled_from([None, 0, -1, 2**70, 1.5, True, "", "A", "=", "é", "\ud800", [], [[]], [None], {}, {"epoch": 1}, "AAAA"])
    )
    return {**case, "input": put(case["input"], path, new)}


@examples(day=100, night=600)
@given(case=misshapen())
def test_a_misshapen_answer_is_answered_or_refused_by_name(case: dict[str, Any]) -> None:
    try:
        run(case)
    except ProtocolError:
        return


@pytest.mark.parametrize(
    "key", ["kem_public", "sign_public", "tag_public", "conversation", "statements", "certificates", "openings", "envelopes", "days"]
)
def test_an_answer_without_a_key_is_malformed(key: str) -> None:
    case = load("thread-four-messages-person")
    answer = {name: value for name, value in case["input"]["answer"].items() if name != key}
    with pytest.raises(Malformed):
        run({**case, "input": {**case["input"], "answer": answer}})
