"""One bad opening, reply or epoch silences nobody: what names it is not shown, who signed it is named, and both sides write on."""

import os
from dataclasses import dataclass

import pytest

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, ID, SIGNATURE, WRAPPED, decode, encode
from messaging.protocol.peer import Thread, plaintext, primitives, sign_first
from messaging.protocol.peer.envelopes import EnvelopePlace, envelope_key, seal_envelope
from messaging.protocol.peer.errors import CannotOpen
from messaging.protocol.peer.openings import open_as_desk, person_secret, unsigned_opening
from messaging.protocol.wire import Envelope, Opening, Statement
from tests.parts.rules import stopped_by
from tests.vectors.making.forge import persons_opening, signed_opening
from tests.world.peers import Conversation, conversation, installation, texts, warned


@dataclass
class Rogue:
    """Callum, who keeps to no rule; the server is honest."""

    talk: Conversation

    def says(self, padded: bytes, opening: bytes | None = None) -> None:
        """Seals what no reader takes, under an opening of Callum's own if one is given."""
        desk, thread = self.talk.desk, self.talk.as_desk("Callum")
        rogue, chain = desk.open("Callum"), thread.chains[FROM_DESK]
        assert rogue.certificate is not None
        assert rogue.desk is not None
        secret = next(each.secret for each in thread.openings.values())
        raw = opening or self.talk.openings[-1]
        place = EnvelopePlace(
            thread.answer.conversation, FROM_DESK, rogue.desk.epoch, Opening.parse(raw).opening_hash, chain.next, chain.previous
        )
        if opening is not None:
            self.talk.openings.append(opening)
        writer = rogue.counsellor, rogue.certificate.certificate_id
        self.talk.envelopes.append(seal_envelope(desk.site, secret, place, padded, writer))


def made_up(talk: Conversation, statement: Statement, secret: bytes) -> bytes:
    """All of a person's opening that somebody else can make; the signature is with a key of their own."""
    site, thread = talk.desk.site, talk.as_desk("Moira")
    raw = unsigned_opening(site, FROM_PERSON, thread.inbox_id, thread.life, statement, secret, bytes(WRAPPED))
    return persons_opening(site, conversation(talk.desk).inbox, raw + bytes(ID + SIGNATURE))


def both(talk: Conversation) -> tuple[Thread, Thread]:
    return talk.as_person(), talk.as_desk("Moira")


@pytest.fixture
def talk() -> Conversation:
    made = conversation(installation())
    made.first("one")
    made.desk_writes("Moira", "two")
    return made


@stopped_by("what failed is named with who signed it")
def test_a_reply_that_nobody_can_read_costs_itself(talk: Conversation) -> None:
    Rogue(talk).says(b"\xff" * 8192)
    talk.desk_writes("Moira", "four")
    talk.person_writes("five")
    for thread in both(talk):
        assert texts(thread) == ["one", "two", "four", "five"]
        assert [(each.warning, each.sequence, each.writer) for each in thread.warnings] == [("altered", 2, "Callum")]


@stopped_by("one that fails costs itself")
def test_an_opening_that_nobody_can_open_costs_what_names_it(talk: Conversation) -> None:
    desk = talk.desk
    desk.today += 1
    desk.next_epoch("Moira", ["Moira", "Callum"])
    thread, rogue = talk.as_desk("Callum"), desk.open("Callum")
    assert rogue.desk is not None
    _, raw = open_as_desk(desk.site, rogue, thread.inbox_id, thread.answer.kem_public, thread.life, rogue.desk.statement)
    useless = signed_opening(desk.site, desk.members["Callum"], raw[:102] + bytes(WRAPPED) + raw[102 + WRAPPED :])
    Rogue(talk).says(plaintext.write_plaintext({"type": "text", "text": "unread"}, thread.newest(FROM_PERSON), FROM_DESK, 2), useless)
    talk.person_writes("four")
    talk.desk_writes("Moira", "five")
    for thread in both(talk):
        assert texts(thread) == ["one", "two", "four", "five"]
        assert [(each.warning, each.sequence, each.writer) for each in thread.warnings] == [("bad-opening", 2, "Callum")]
    assert len(talk.openings) == 3


@stopped_by("one that fails costs itself")
def test_an_epoch_whose_grants_open_nothing_is_passed_over(talk: Conversation) -> None:
    """The one who opened it is not there; the person wrote under it; Callum asks for it again in the next."""
    desk = talk.desk
    desk.today += 1
    desk.next_epoch("Moira", ["Moira", "Callum"])
    lost = desk.members["Callum"].grants.pop()
    assert lost["epoch"] == 2
    desk.grants.remove(lost)
    talk.person_writes("three")
    assert warned(talk.as_desk("Callum")) == [("bad-opening", FROM_PERSON, 2)]
    desk.today += 1
    desk.next_epoch("Moira", ["Moira", "Callum"])
    talk.desk_writes("Callum", "I could not open your last message.", "again", since=2)
    talk.person_writes("three, again")
    person, callum = talk.as_person(), talk.as_desk("Callum")
    assert texts(person) == ["one", "two", "three", "I could not open your last message.", "three, again"]
    asked = next(item.content for item in person.items if item.kind == "message" and item.content.type == "again")
    assert asked.since == 2
    assert texts(callum) == ["one", "two", "I could not open your last message.", "three, again"]


@stopped_by("an opening is signed")
def test_who_left_is_nobodys_person_in_a_later_epoch(talk: Conversation) -> None:
    """Callum knows K of the first epoch, and the server does as he asks."""
    desk = talk.desk
    first = Opening.parse(talk.openings[0])
    desk.today += 1
    desk.next_epoch("Moira", ["Moira"])
    forged = made_up(talk, desk.open("Moira").chain[2], os.urandom(32))
    talk.openings.append(forged)
    thread = talk.as_desk("Moira")
    assert [each.opening.epoch for each in thread.openings.values()] == [1]
    talk.desk_writes("Moira", "only to the person")
    newest = Envelope.parse(talk.envelopes[-1])
    assert newest.opening_hash not in {first.opening_hash, Opening.parse(forged).opening_hash}
    assert texts(talk.as_person())[-1] == "only to the person"


@stopped_by("an opening is of this conversation")
def test_words_used_again_after_a_deletion_have_nothing_of_the_life_before(talk: Conversation) -> None:
    again = Conversation(talk.desk, talk.inbox)
    again.first("one, again")
    old, new = Opening.parse(talk.openings[0]), Opening.parse(again.openings[0])
    assert (old.inbox_id, old.epoch) == (new.inbox_id, new.epoch)
    assert old.conversation != new.conversation
    assert old.commitment != new.commitment
    # What the server kept of the life before fits nowhere in the new one.
    answer = again.answer()
    answer["openings"].append(encode(old.raw))
    answer["envelopes"].append(encode(talk.envelopes[1]))
    answer["days"].append("2026-11-24")
    assert texts(again.as_person(answer)) == ["one, again"]
    assert warned(again.as_person(answer)) == [("bad-opening", FROM_DESK, 1)]


@stopped_by("the person signs nothing made from text")
def test_no_signature_of_the_persons_covers_what_is_made_from_text(talk: Conversation) -> None:
    """Whoever has K can put any text below the opening that the person signed: it proves that they wrote, and nothing of what."""
    opening = Opening.parse(talk.openings[0])
    secret = next(iter(talk.as_person().openings.values())).secret
    padded = plaintext.write_plaintext(
        {"type": "intake", "route": "self", "terms": 1, "text": "what they never wrote"}, plaintext.Ack(), FROM_PERSON, 1
    )
    forged = seal_envelope(talk.desk.site, secret, EnvelopePlace(opening.conversation, FROM_PERSON, 1, opening.opening_hash), padded, None)
    answer = talk.answer()
    answer["envelopes"][0] = encode(forged)
    assert texts(talk.as_person(answer))[0] == "what they never wrote"
    assert decode(answer["openings"][0]) == opening.raw
    assert opening.signed_by(talk.desk.site.site, talk.inbox.sign_public)
    # Nor does the proof that goes with a first message: it is the same for what they wrote and for what they did not.
    sent = [{"opening": encode(opening.raw), "envelope": encode(raw)} for raw in (talk.envelopes[0], forged)]
    one, other = (sign_first(talk.desk.site, talk.inbox, each, encode(bytes(56)))["proof"] for each in sent)
    assert one == other


@stopped_by("an opening is signed")
def test_a_made_up_opening_of_the_persons_is_none(talk: Conversation) -> None:
    """The server makes one that lacks nothing but the person's signature, and says something under it."""
    secret = os.urandom(32)
    opening = Opening.parse(made_up(talk, talk.desk.open("Moira").chain[1], secret))
    padded = plaintext.write_plaintext({"type": "intake", "route": "self", "terms": 1, "text": "made up"}, plaintext.Ack(), FROM_PERSON, 1)
    envelope = seal_envelope(
        talk.desk.site, secret, EnvelopePlace(opening.conversation, FROM_PERSON, 1, opening.opening_hash), padded, None
    )
    answer = {**talk.answer(), "openings": [encode(opening.raw)], "envelopes": [encode(envelope)], "days": ["2026-11-24"]}
    for thread in (talk.as_person(answer), talk.as_desk("Moira", answer)):
        assert texts(thread) == []
        assert {each.warning for each in thread.warnings} == {"bad-opening"}


@stopped_by("K depends on the epoch's statement")
def test_the_secret_under_a_forged_statement_opens_nothing_under_the_true_one(talk: Conversation) -> None:
    """A former key-holder's statement of the same number, with a key of their own: whoever is shown it gives them another K."""
    true, forged = (made.desk.open("Moira").chain[1] for made in (talk, conversation(installation())))
    site, inbox, conversation_id = talk.desk.site, talk.inbox, Opening.parse(talk.openings[0]).conversation
    given = person_secret(site, inbox, conversation_id, forged)
    assert given != person_secret(site, inbox, conversation_id, true)
    sealed = Envelope.parse(talk.envelopes[0])
    with pytest.raises(CannotOpen):
        primitives.open_sealed(envelope_key(given, sealed.salt, sealed.header), bytes(12), sealed.header, sealed.ciphertext)
    held = envelope_key(person_secret(site, inbox, conversation_id, true), sealed.salt, sealed.header)
    assert primitives.open_sealed(held, bytes(12), sealed.header, sealed.ciphertext)
