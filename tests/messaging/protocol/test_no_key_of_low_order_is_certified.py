"""With a key of low order everybody agrees on zeros: no tag can be made for it, and the root's keepers certify none (§1.3, §4.6)."""

from dataclasses import replace

import pytest

from messaging.protocol.encoding import decode
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.errors import BadRequest
from messaging.protocol.peer.primitives import agreed_secret, tag_public
from messaging.protocol.peer.vault import make_request
from tests.world.peers import TODAY, installation

# Points whose order divides eight, some of them not reduced.
LOW = [
    bytes(32),
    bytes([1]) + bytes(31),
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    *(bytes([last]) + b"\xff" * 30 + b"\x7f" for last in (0xEC, 0xED, 0xEE)),
]


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
