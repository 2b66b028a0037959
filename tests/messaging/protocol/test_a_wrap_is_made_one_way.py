"""Wrap has no chance in it: the same bytes for the same three, in both implementations, after the draft's known answers (PROTOCOL §1.7)."""

import ast
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from messaging.protocol.encoding import encode, label
from messaging.protocol.peer.errors import CannotOpen
from messaging.protocol.peer.hpke import encapsulate
from messaging.protocol.peer.primitives import is_wrap, kdf, kdf64, kem_public, unwrap, wrap
from tests.messaging.client.node import talk
from tests.messaging.protocol.drawn import drawn_wrap
from tests.messaging.protocol.vectors import HOME
from tests.parts.specification import specification
from tests.world.peers import ORIGIN

ROOT = Path(__file__).parents[3]
KNOWN = json.loads((HOME / "known" / "xwing.json").read_text())
HOW_MANY = 128


@pytest.mark.parametrize("answer", KNOWN["answers"], ids=["first", "second", "third"])
def test_a_known_answer_of_the_draft(answer: dict[str, str]) -> None:
    public = kem_public(bytes.fromhex(answer["seed"]))
    shared, ciphertext = encapsulate(public, bytes.fromhex(answer["eseed"]))
    assert (public.hex(), ciphertext.hex(), shared.hex()) == (answer["pk"], answer["ct"], answer["ss"])


def test_python_and_the_client_make_the_same_bytes_and_open_each_others() -> None:
    made: list[dict[str, Any]] = []
    for place in range(HOW_MANY):
        seed, info, secret = os.urandom(32), label("opening") + os.urandom(place * 6), os.urandom(32)
        public = kem_public(seed)
        wrapped = wrap(public, info, secret)
        # The Python peer opens with OpenSSL's HPKE, which knows nothing of how this was sealed.
        assert unwrap(seed, info, wrapped) == secret
        given = {"seed": seed, "public": public, "info": info, "secret": secret, "wrapped": wrapped}
        made.append({name: encode(value) for name, value in given.items()})
    where = {"root": encode(bytes(32)), "origin": ORIGIN, "wraps": made}
    assert talk({"do": "wrap", **where}) == [each["wrapped"] for each in made]
    assert talk({"do": "unwrap", **where}) == [each["secret"] for each in made]


def test_what_opens_and_was_made_otherwise_is_no_wrap() -> None:
    seed, info, secret = os.urandom(32), b"info", os.urandom(32)
    public = kem_public(seed)
    other = drawn_wrap(public, info, secret)
    assert unwrap(seed, info, other) == secret
    assert not is_wrap(other, public, info, secret)
    assert is_wrap(wrap(public, info, secret), public, info, secret)


def test_each_of_the_three_changes_all_of_it() -> None:
    public, info, secret = kem_public(bytes(32)), b"info", bytes(range(32))
    wraps = [wrap(public, info, secret), wrap(kem_public(bytes([1] * 32)), info, secret), wrap(public, b"other", secret)]
    wraps.append(wrap(public, info, bytes(32)))
    assert len({each[:32] for each in wraps}) == len({each[1088:1120] for each in wraps}) == len(wraps)


def test_a_wrap_opens_with_its_own_info_alone() -> None:
    seed = bytes(32)
    with pytest.raises(CannotOpen):
        unwrap(seed, b"other", wrap(kem_public(seed), b"info", bytes(range(32))))


def used_in(function: str) -> set[str]:
    """The uses that the peer and the client give to a derivation, as they stand in the code."""
    python = {
        argument.value
        for path in (ROOT / "messaging" / "protocol").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and (getattr(call.func, "id", None) or getattr(call.func, "attr", None)) == function
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    text = "\n".join(path.read_text() for path in (ROOT / "messaging" / "client" / "src").rglob("*.ts"))
    # A call's arguments up to the first sentence in quotation marks.
    calls = re.findall(rf'\b{function}(?:To\w+)?\((?:[^()"]|\([^()]*\))*"([a-z-]+)"', text)
    return python | set(calls)


def test_no_use_of_the_long_derivation_is_one_of_the_short_one() -> None:
    secret = bytes(range(32))
    # Why it matters: under one use the first half of one would be the other.
    assert kdf64(secret, "same", b"")[:32] == kdf(secret, b"", "same", b"")
    long, short = used_in("kdf64"), used_in("kdf")
    assert long == {"wrap"}
    assert {"commit", "message", "conversation", "note-commit"} <= short
    assert not long & short
    named = specification()
    rows = {name: set(re.findall(r"`([a-z-]+)`", uses)) for name, uses in re.findall(r"^\| `(KDF64|KDF)` \| (.*) \|$", named, re.MULTILINE)}
    assert rows["KDF64"] == long
    assert short <= rows["KDF"]
    assert not rows["KDF64"] & rows["KDF"]
