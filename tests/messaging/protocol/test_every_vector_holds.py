"""The Python peer says of every vector what the vector says: the result with its intermediates, or the class of the error."""

import collections

import pytest

from messaging.protocol.peer import ProtocolError
from messaging.protocol.peer import errors as peer_errors
from messaging.protocol.peer.errors import BadWords
from messaging.protocol.peer.warnings import WARNINGS
from tests.messaging.protocol.vectors import class_name, load, names
from tests.vectors.runner import RUN, run


@pytest.mark.parametrize("name", names())
def test_vector(name: str) -> None:
    case = load(name)
    if "expect" in case:
        assert run(case) == case["expect"]
        return
    with pytest.raises(ProtocolError) as raised:
        run(case)
    assert class_name(raised.value) == case["error"]
    if isinstance(raised.value, BadWords):
        assert raised.value.index == case["index"]


def test_every_kind_has_good_vectors_and_faulty_ones() -> None:
    good = collections.Counter(load(name)["kind"] for name in names() if "expect" in load(name))
    faulty = collections.Counter(load(name)["kind"] for name in names() if "error" in load(name))
    assert set(good) == set(RUN)
    whole = {"notes", "pulses"}
    assert set(faulty) == set(RUN) - {"inbox", "draw", "session-proof", "draft-proof", "first-message-proof", "vault-proof", *whole}


def test_every_error_and_every_warning_occurs() -> None:
    errors = {load(name).get("error") for name in names()} - {None}
    assert errors == set(peer_errors.__all__) - {"ProtocolError"}
    threads = [load(name)["expect"] for name in names() if load(name)["kind"] == "thread" and "expect" in load(name)]
    warnings = {item["warning"] for thread in threads for item in thread["items"] if item["kind"] == "warning"}
    assert warnings == set(WARNINGS)
