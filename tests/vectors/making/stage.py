"""What the makers of cases share: seeded bytes, the people, and conversations between them."""

import copy
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import derive_inbox
from messaging.protocol.peer.epochs import open_grant
from messaging.protocol.peer.keys import InboxKeys
from messaging.protocol.peer.words import words_of_entropy
from messaging.protocol.wire import Certificate, Opening, Statement
from tests.world.peers import Conversation, Installation, Member


@dataclass
class Stream:
    """Bytes that look random and are the same each time."""

    name: str
    counter: int = 0

    def __call__(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            found += hashlib.sha256(b"helpline vectors" + self.name.encode() + self.counter.to_bytes(4, "big")).digest()
            self.counter += 1
        return found[:size]


@dataclass(frozen=True)
class Case:
    """One file; `error` None means that the runner's result is what is expected."""

    name: str
    section: str
    kind: str
    about: str
    input: dict[str, Any]
    error: str | None = None
    index: int | None = None


def edit(raw: bytes, offset: int, new: bytes) -> bytes:
    """The bytes with some replaced."""
    return raw[:offset] + new + raw[offset + len(new) :]


def flip(raw: bytes, offset: int) -> bytes:
    """The bytes with one bit of one changed."""
    offset %= len(raw)
    return edit(raw, offset, bytes([raw[offset] ^ 1]))


class Cast:
    """Moira and Fergus are key-holders, Callum and Isla counsellors; one person has eight words; everything is made once."""

    def __init__(self) -> None:
        self.random = Stream("cast")
        self.words: list[str] = words_of_entropy(self.random(10))

    @cached_property
    def desk(self) -> Installation:
        """In its first epoch, with Moira, Fergus and Callum; Isla has a certificate and is not on the roster."""
        desk = Installation(Stream("desk"))
        desk.join("Moira", key_holder=True)
        desk.join("Fergus", key_holder=True)
        desk.join("Callum")
        desk.join("Isla")
        desk.next_epoch("Moira", ["Moira", "Fergus", "Callum"])
        return desk

    @cached_property
    def later(self) -> Installation:
        """The same desk five days later, in its second epoch: Fergus has gone, Isla has come."""
        desk = copy.deepcopy(self.desk)
        desk.random = Stream("later")
        desk.today += 5
        desk.next_epoch("Moira", ["Moira", "Callum", "Isla"])
        return desk

    @cached_property
    def stranger_desk(self) -> Installation:
        """Another organisation."""
        desk = Installation(Stream("stranger"))
        desk.join("Moira", key_holder=True)
        desk.next_epoch("Moira", ["Moira"])
        return desk

    @cached_property
    def inbox(self) -> InboxKeys:
        return derive_inbox(self.desk.site, self.words)

    @cached_property
    def talk(self) -> Conversation:
        """Four messages in the first epoch: person, Callum, person, Moira."""
        talk = Conversation(self.desk, self.inbox)
        with self.stream(talk, "talk"):
            talk.first("I would like to stop, and I do not know how.")
            talk.desk_writes("Callum", "Thank you for writing. You have taken the hardest step.")
            talk.person_writes("It was not easy. 💚")
            talk.desk_writes("Moira", "Callum is away; I have read everything, and go on from here.", "handover")
        return talk

    @cached_property
    def other_talk(self) -> Conversation:
        """Somebody else at the same desk: two messages."""
        talk = Conversation(self.desk, copy.deepcopy(self.other_inbox))
        with self.stream(talk, "other-talk"):
            talk.first("I am worried about my brother.", "other")
            talk.desk_writes("Callum", "It is good that you ask.")
        return talk

    @cached_property
    def other_inbox(self) -> InboxKeys:
        return derive_inbox(self.desk.site, words_of_entropy(Stream("other-words")(10)))

    @contextmanager
    def stream(self, talk: Conversation, name: str) -> Iterator[None]:
        """Within it the conversation's desk draws from a stream of this name, so that one case does not shift another's bytes."""
        before, talk.desk.random = talk.desk.random, Stream(name)
        try:
            yield
        finally:
            talk.desk.random = before

    def goes_on(self, talk: Conversation, desk: Installation | None = None) -> Conversation:
        """A copy to write on, at the later desk unless another is given."""
        return Conversation(desk or self.later, talk.inbox, list(talk.openings), list(talk.envelopes))

    @cached_property
    def person_opened(self) -> Conversation:
        """The talk's first two messages, then the person opens the second epoch, and Isla answers."""
        talk = self.goes_on(self.talk)
        del talk.envelopes[2:]
        with self.stream(talk, "person-opened"):
            talk.person_writes("Are you still there?")
            talk.desk_writes("Isla", "We are. I am Isla.")
        return talk

    @cached_property
    def desk_opened(self) -> Conversation:
        """The talk's first two messages, then Isla opens the second epoch, and the person answers."""
        talk = self.goes_on(self.talk)
        del talk.envelopes[2:]
        with self.stream(talk, "desk-opened"):
            talk.desk_writes("Isla", "How have you been?")
            talk.person_writes("A little better.")
        return talk

    def seed(self, desk: Installation, name: str, epoch: int) -> bytes:
        """An epoch's seed, from the member's grant."""
        member = desk.members[name]
        wrapped = next(decode(grant["wrapped"]) for grant in member.grants if grant["epoch"] == epoch)
        own = Certificate.parse(member.certificate).certificate_id
        return open_grant(desk.site, member.counsellor, own, Statement.parse(desk.statements[epoch - 1]), wrapped)

    def secret(self, talk: Conversation, epoch: int) -> bytes:
        """The conversation's K in an epoch."""
        return next(each.secret for each in talk.as_person().openings.values() if each.opening.epoch == epoch)

    def where(self, desk: Installation | None = None) -> dict[str, Any]:
        site = (desk or self.desk).site
        return {"root": encode(site.root), "origin": site.origin}

    def person(self) -> dict[str, Any]:
        """The `reader` of a thread case."""
        return {"side": "person", "words": " ".join(self.words), "inbox_secret": encode(self.inbox.secret)}

    def counsellor(self, desk: Installation, name: str) -> dict[str, Any]:
        member: Member = desk.members[name]
        keys = {"counsellor_id": encode(member.counsellor.counsellor_id), "secret": encode(member.counsellor.secret)}
        return {"side": "desk", **keys, "me": desk.me(name)}


def opening_of(talk: Conversation, epoch: int) -> Opening:
    return next(opening for opening in map(Opening.parse, talk.openings) if opening.epoch == epoch)
