"""With a key of low order everybody agrees on zeros: no tag can be made for it, and the root's keepers certify none (§1.3, §4.6)."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from messaging.protocol.encoding import decode
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.errors import BadRequest
from messaging.protocol.peer.primitives import agreed_secret, tag_public
from messaging.protocol.peer.vault import make_request
from tests import vectors as known
from tests.world.peers import TODAY, installation

KNOWN = json.loads((Path(known.__file__).parent / "known" / "x25519.json").read_text(encoding="utf-8"))
LOW = [bytes.fromhex(point) for point in KNOWN["low_order"]]


@pytest.mark.parametrize("answer", KNOWN["answers"], ids=["first", "second"])
def test_the_agreement_is_that_of_the_rfc(answer: dict[str, str]) -> None:
    scalar, u, result = (bytes.fromhex(answer[name]) for name in ("scalar", "u", "result"))
    assert agreed_secret(scalar, u) == result


@pytest.mark.parametrize("point", LOW, ids=[point.hex()[:8] for point in LOW])
def test_no_key_of_low_order(point: bytes) -> None:
    desk = installation()
    keys = replace(desk.members["Callum"].counsellor, tag_public=point)
    request = decode(make_request(desk.site, keys))
    with pytest.raises(BadRequest):
        make_certificate(desk.root_seed, desk.site, request, "Callum", key_holder=False, first_day=TODAY, last_day=TODAY + 30)
    assert agreed_secret(bytes(range(32)), point) is None


def test_the_same_with_a_true_key() -> None:
    desk = installation()
    request = decode(make_request(desk.site, desk.members["Callum"].counsellor))
    assert make_certificate(desk.root_seed, desk.site, request, "Callum", key_holder=False, first_day=TODAY, last_day=TODAY + 30)
    one, other = bytes(range(32)), bytes(range(1, 33))
    assert agreed_secret(one, tag_public(other)) == agreed_secret(other, tag_public(one))
