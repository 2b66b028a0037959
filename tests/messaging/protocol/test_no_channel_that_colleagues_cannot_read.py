"""A counsellor cannot open an epoch with a secret that the person has and no colleague: the person makes the desk's wrap anew."""

import os
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, SIGNATURE, WRAPPED
from messaging.protocol.peer import OpenDesk, Thread, plaintext, primitives, read_as_desk
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.openings import open_as_desk, wrap_info
from messaging.protocol.peer.primitives import sign
from messaging.protocol.wire import Opening
from tests.messaging.protocol.drawn import drawn_wrap
from tests.parts.rules import stopped_by
from tests.world.peers import Conversation, Installation, conversation, texts, warned

TO_DESK = 102
EVERYBODY = ["Moira", "Rogue", "Lead"]


@dataclass
class Scene:
    """A conversation whose second epoch Rogue opens; `rogue` is their desk, and `secret` what they share with the person."""

    desk: Installation
    talk: Conversation
    rogue: OpenDesk

    def opened(self, to_desk: Callable[[bytes], bytes] | None = None) -> tuple[bytes, bytes]:
        """K, and Rogue's opening: with what `to_desk` makes of K for the desk, and a signature that holds."""
        thread = read_as_desk(self.desk.site, self.rogue, self.talk.answer(), self.desk.today)
        ids = thread.inbox_id, thread.answer.kem_public, thread.life
        secret, opening = open_as_desk(self.desk.site, self.rogue, *ids, self.rogue.chain[2])
        if to_desk is None:
            return secret, opening
        changed = opening[:TO_DESK] + to_desk(secret) + opening[TO_DESK + WRAPPED : -SIGNATURE]
        return secret, changed + sign(self.rogue.counsellor.sign_seed, "opening-desk", self.desk.site.site + changed)

    def says(self, text: str, secret: bytes, opening: bytes) -> None:
        """Puts opening and reply where an honest server would: it sees nothing wrong with them."""
        thread = read_as_desk(self.desk.site, self.rogue, self.talk.answer(), self.desk.today)
        assert self.rogue.certificate is not None
        assert Opening.parse(opening).signed_by(self.desk.site.site, self.rogue.certificate.sign_public)
        chain = thread.chains[FROM_DESK]
        padded = plaintext.write_plaintext({"type": "text", "text": text}, thread.newest(FROM_PERSON), FROM_DESK, chain.next)
        place = EnvelopePlace(thread.answer.conversation, FROM_DESK, 2, Opening.parse(opening).opening_hash, chain.next, chain.previous)
        writer = self.rogue.counsellor, self.rogue.certificate.certificate_id
        self.talk.openings.append(opening)
        self.talk.envelopes.append(seal_envelope(self.desk.site, secret, place, padded, writer))

    def wrapped_by(self, wrap: Callable[[bytes, bytes, bytes], bytes], secret: bytes) -> bytes:
        first = Opening.parse(self.talk.openings[0])
        info = wrap_info(self.desk.site, first.inbox_id, first.conversation, 2, FROM_PERSON)
        return wrap(self.rogue.chain[2].kem_public, info, secret)

    def readers(self) -> list[Thread]:
        """The thread as the person has it, and as everybody at the desk."""
        return [self.talk.as_person(), *(self.talk.as_desk(name) for name in EVERYBODY)]


@pytest.fixture
def scene() -> Scene:
    desk = Installation()
    for name in EVERYBODY:
        desk.join(name, key_holder=name == "Moira")
    desk.next_epoch("Moira", EVERYBODY)
    talk = conversation(desk)
    talk.first("I am 15 and scared")
    talk.desk_writes("Moira", "You can write here.")
    desk.today += 1
    desk.next_epoch("Moira", EVERYBODY)
    return Scene(desk, talk, desk.open("Rogue"))


@pytest.mark.parametrize("kind", ["another secret", "noise"])
@stopped_by("the desk's wrap is what K gives")
def test_the_person_refuses_an_opening_that_colleagues_cannot_read(scene: Scene, kind: str) -> None:
    useless = {"another secret": lambda _: scene.wrapped_by(primitives.wrap, os.urandom(32)), "noise": lambda _: os.urandom(WRAPPED)}
    scene.says("Nobody else here can see this. Where do you go to school?", *scene.opened(useless[kind]))
    for thread in scene.readers():
        assert texts(thread) == ["I am 15 and scared", "You can write here."]
        assert warned(thread) == [("bad-opening", FROM_DESK, 2)]
        assert [each.writer for each in thread.warnings] == ["Rogue"]
    # Nor does the person's page seal into it: what it writes is under an opening of its own, which all at the desk can read.
    scene.talk.person_writes("Is anybody else there?")
    assert [texts(thread)[-1] for thread in scene.readers()] == ["Is anybody else there?"] * 4


@stopped_by("both wraps are what K gives")
def test_a_wrap_that_was_drawn_is_refused_by_both_sides_alike(scene: Scene) -> None:
    """Colleagues could open it. But then whoever opens an epoch could choose what the two sides say of it."""
    scene.says("Hello", *scene.opened(lambda secret: scene.wrapped_by(drawn_wrap, secret)))
    assert [warned(thread) for thread in scene.readers()] == [[("bad-opening", FROM_DESK, 2)]] * 4


def test_an_honest_opening_is_read_by_all(scene: Scene) -> None:
    scene.says("We all read this.", *scene.opened())
    assert [(texts(thread)[-1], warned(thread)) for thread in scene.readers()] == [("We all read this.", [])] * 4
