"""The outsides that the server parses: one encoding each, text recognised as text, and challenges that need no row."""

from datetime import timedelta
from os import urandom

import pytest
from hypothesis import given
from hypothesis import strategies as some

from messaging.protocol import challenges
from messaging.protocol.encoding import VERSION, BadCertificate, BadStatement, Malformed, decode, encode
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.epochs import new_epoch
from messaging.protocol.peer.keys import derive_counsellor, open_site
from messaging.protocol.peer.primitives import sign_public
from messaging.protocol.peer.vault import make_request
from messaging.protocol.wire import Certificate, Envelope, Note, Opening, Request, Statement, VaultRecord
from messaging.protocol.wire.threads import looks_sealed
from tests.world.desk import NOON

SECRET = b"the installation's secret key"


@given(some.text(max_size=8208))
def test_text_never_looks_sealed(text: str) -> None:
    assert not looks_sealed(text.encode("utf-8", "replace"))


@given(some.text(min_size=1, max_size=50), some.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_text_padded_to_the_size_never_looks_sealed(text: str, coding: str) -> None:
    raw = text.encode(coding, "replace")
    assert not looks_sealed((raw * (8208 // len(raw) + 1))[:8208])


def test_noise_looks_sealed() -> None:
    assert all(looks_sealed(urandom(8208)) for _ in range(50))


@given(some.binary(max_size=600) | some.integers(0, 3).map(lambda more: bytes(109 + more)))
def test_what_has_not_the_one_size_is_malformed(raw: bytes) -> None:
    for structure in (Request, Opening, Envelope, Note):
        with pytest.raises(Malformed):
            structure.parse(raw)
    for either in (Certificate, Statement):
        with pytest.raises(Malformed):
            either.parse(raw)


@given(some.sampled_from([Request, Opening, Envelope, Note, VaultRecord]), some.data())
def test_whatever_bytes_of_the_right_size_come_nothing_but_malformed_is_raised(structure: type[Envelope], data: some.DataObject) -> None:
    raw = data.draw(some.binary(min_size=structure.SIZE, max_size=structure.SIZE))
    for candidate in (raw, VERSION + b"\1\1" + raw[3:], VERSION + b"\2" + raw[2:]):
        try:
            assert structure.parse(candidate).raw == candidate
        except Malformed:
            continue


def test_the_kinds_of_vault_records() -> None:
    assert [VaultRecord.parse(bytes([kind]) + bytes(108)).kind for kind in (1, 2)] == [1, 2]
    for kind in (0, 3, 255):
        with pytest.raises(Malformed):
            VaultRecord.parse(bytes([kind]) + bytes(108))


def test_the_kinds_of_notes() -> None:
    raw = VERSION + b"\1\1" + bytes(16) + b"\0\0\0\1" + bytes(9504)
    note = Note.parse(raw)
    assert (note.kind, note.epoch, note.looks_sealed()) == (1, 1, False)
    for spoilt in (b"\1" + raw[1:], VERSION + b"\2" + raw[2:], VERSION + b"\1\5" + raw[3:], raw[:22] + b"\0" + raw[23:]):
        with pytest.raises(Malformed):
            Note.parse(spoilt)


@given(some.binary(max_size=90))
def test_base64url_has_one_spelling(raw: bytes) -> None:
    text = encode(raw)
    assert decode(text) == raw
    for other in (text + "=", " " + text, text + "\n", text + "A" if len(text) % 4 == 0 else text + "AAAA="):
        with pytest.raises(Malformed):
            decode(other)


@pytest.mark.parametrize("text", ["A", "AB", "AAB", "+A", "/w", "_w==", "é", "A\0", 7, None, ["AA"], True])
def test_what_is_no_base64url(text: object) -> None:
    with pytest.raises(Malformed):
        decode(text)


def test_a_challenge_is_known_again_for_two_minutes_by_whoever_made_it() -> None:
    challenge = challenges.make_challenge(SECRET, NOON)
    assert len(challenge) == challenges.SIZE
    assert challenges.read_challenge(SECRET, challenge, NOON) == (challenge[8:24], NOON + timedelta(seconds=120))
    assert challenges.read_challenge(SECRET, challenge, NOON + timedelta(seconds=119))
    for at in (NOON + timedelta(seconds=120), NOON - timedelta(minutes=1), NOON + timedelta(days=9000)):
        assert challenges.read_challenge(SECRET, challenge, at) is None
    assert challenges.read_challenge(b"another secret", challenge, NOON) is None
    assert challenges.make_challenge(SECRET, NOON) != challenge


@given(some.integers(0, challenges.SIZE * 8 - 1))
def test_no_bit_of_a_challenge_can_be_changed(bit: int) -> None:
    raw = bytearray(challenges.make_challenge(SECRET, NOON))
    raw[bit // 8] ^= 1 << bit % 8
    assert challenges.read_challenge(SECRET, bytes(raw), NOON) is None


def test_a_time_far_out_of_range_is_no_challenge() -> None:
    head = b"\xff" * 24
    assert challenges.read_challenge(SECRET, head + challenges._mac(SECRET, head), NOON) is None


def test_a_root_signs_for_itself_alone() -> None:
    root, other = urandom(32), urandom(32)
    site = open_site(sign_public(root), "https://helpline.example")
    keys = derive_counsellor(site, urandom(16), urandom(32))
    request = decode(make_request(site, keys))
    Request.parse(request).check(site.site)
    raw = make_certificate(root, site, request, "Moira", key_holder=True, first_day=10, last_day=99)
    Certificate.parse(raw).check(sign_public(root))
    with pytest.raises(BadCertificate):
        Certificate.parse(raw).check(sign_public(other))


def test_a_key_holder_left_off_the_roster_signs_no_more_until_the_root_names_them_anew() -> None:
    root = urandom(32)
    site = open_site(sign_public(root), "https://helpline.example")
    moira, callum = (derive_counsellor(site, urandom(16), urandom(32)) for _ in range(2))

    def certify(keys: object, name: str, first_day: int) -> Certificate:
        request = decode(make_request(site, keys))  # type: ignore[arg-type]
        return Certificate.parse(make_certificate(root, site, request, name, key_holder=True, first_day=first_day, last_day=first_day + 99))

    of_moira, of_callum, anew = certify(moira, "Moira", 19), certify(callum, "Callum", 19), certify(moira, "Moira", 101)
    first = Statement.parse(new_epoch(site, callum, of_callum, [of_callum], None, standing=None, first_day=100, days=9)[0])
    with pytest.raises(BadStatement):
        new_epoch(site, moira, of_moira, [of_moira], first, standing=first, first_day=102, days=9)
    second = Statement.parse(new_epoch(site, moira, anew, [anew], first, standing=first, first_day=102, days=9)[0])
    second.check(site.site, anew, first)
