"""Each byte of an envelope but a tag, changed by itself, makes the whole envelope fail: no text comes out."""

import pytest

from messaging.protocol.encoding import encode
from messaging.protocol.peer import ProtocolError
from messaging.protocol.peer.certificates import certificates_by_id
from messaging.protocol.peer.envelopes import EnvelopePlace, open_envelope
from messaging.protocol.wire import Envelope, Statement
from tests.world.peers import Conversation, conversation, installation, warned


@pytest.fixture(scope="module")
def talk() -> Conversation:
    made = conversation(installation())
    made.first("one")
    made.desk_writes("Callum", "two")
    return made


@pytest.mark.parametrize("index", [0, 1], ids=["a person's", "the desk's"])
def test_no_byte_of_an_envelope_can_be_changed(talk: Conversation, index: int) -> None:
    site, whole = talk.desk.site, talk.envelopes[index]
    known = Envelope.parse(whole)
    place = EnvelopePlace(known.conversation, known.direction, known.epoch, known.opening_hash, known.sequence, known.previous)
    statement = Statement.parse(talk.desk.statements[0])
    certificates = certificates_by_id(site, [member.certificate for member in talk.desk.members.values()])
    secret = next(iter(talk.as_person().openings.values())).secret
    read = open_envelope(site, secret, known, place, 0, statement, certificates)
    assert read[0].text == ["one", "two"][index]
    came_out = []
    for position in range(Envelope.SIZE):
        altered = bytearray(whole)
        altered[position] ^= 1 + position % 255
        try:
            open_envelope(site, secret, Envelope.parse(bytes(altered)), place, 0, statement, certificates)
        except ProtocolError:
            continue
        came_out.append(position)
    # A person's tags never stop reading: what is wrong with them is shown (§4.6). A reply has none, and zeros there.
    tags = range(8315, 8315 + 1024) if index == 0 else range(0)
    assert came_out == list(tags)
    for position in tags[::97]:
        altered = bytearray(whole)
        altered[position] ^= 1
        answer = talk.answer() | {"envelopes": [encode(bytes(altered)), encode(talk.envelopes[1])]}
        assert ("not-vouched", 1, 1) in warned(talk.as_person(answer))
