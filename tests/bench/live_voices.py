"""What both pages of a talk write and read: envelopes that really are sealed and opened, and when each was pressed and shown."""

import time
from dataclasses import dataclass, field
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, HASH, decode, encode
from messaging.protocol.peer import Site
from messaging.protocol.peer.envelopes import EnvelopePlace, open_envelope, seal_envelope
from messaging.protocol.peer.plaintext import Ack, write_plaintext
from messaging.protocol.wire import Certificate, Envelope
from tests.bench.live_cast import CastTalk

# The first bytes of an envelope say whose it is.
DIRECTION = 2


@dataclass
class Said:
    """Messages of one side: when each was pressed, answered with “sent”, and shown to the other side, by its number (monotonic)."""

    pressed: dict[int, float] = field(default_factory=dict)
    sent: dict[int, float] = field(default_factory=dict)
    shown: dict[int, float] = field(default_factory=dict)
    hashes: dict[int, bytes] = field(default_factory=dict)
    twice: int = 0

    @property
    def took(self) -> list[float]:
        """Seconds from the press to the other side's screen, of those that came."""
        return [self.shown[number] - self.pressed[number] for number in self.shown if number in self.pressed]

    @property
    def unshown(self) -> set[int]:
        """Sent, and not on the other side's screen."""
        return self.sent.keys() - self.shown.keys()


class Voice:
    """One side's writing: each envelope follows the one before."""

    def __init__(self, site: Site, talk: CastTalk, direction: int) -> None:
        self._site, self._talk, self._direction = site, talk, direction
        self.said = Said()
        self._next, self._previous = (2, talk.first_hash) if direction == FROM_PERSON else (1, bytes(HASH))

    def press(self) -> tuple[int, dict[str, Any]]:
        """The next message's number, and the body to post; until it was sent the same bytes are posted."""
        talk, number = self._talk, self._next
        self.said.pressed[number] = time.monotonic()
        place = EnvelopePlace(talk.conversation, self._direction, talk.statement.number, talk.opening_hash, number, self._previous)
        padded = write_plaintext({"type": "text", "text": text_of(number)}, Ack(), self._direction, number)
        who = talk.counsellor
        writer = (who.keys, who.certificate.certificate_id) if self._direction == FROM_DESK else None
        tag_keys = [] if writer else talk.tag_keys
        raw = seal_envelope(self._site, talk.secret, place, padded, writer, tag_keys)
        self._next, self._previous = number + 1, Envelope.parse(raw).envelope_hash
        self.said.hashes[number] = self._previous
        return number, {"opening": None, "envelope": encode(raw)}

    def note_sent(self, number: int) -> None:
        self.said.sent[number] = time.monotonic()


class Ear:
    """The other side's reading of it: only what is new is opened."""

    def __init__(self, site: Site, talk: CastTalk, direction: int, said: Said) -> None:
        self._site, self._talk, self._direction, self._said = site, talk, direction, said
        self._known, self._next, self._previous = 0, 1, bytes(HASH)
        self._certificates: dict[bytes, Certificate] = {talk.counsellor.certificate.certificate_id: talk.counsellor.certificate}

    def hear(self, envelopes: list[str]) -> int:
        """Opens what is new of this direction; how many there were. Raises ProtocolError: it does not follow, or does not hold."""
        found = 0
        # An answer that another one overtook has nothing new.
        if len(envelopes) < self._known:
            return 0
        for encoded in envelopes[self._known :]:
            raw = decode(encoded)
            if raw[DIRECTION] == self._direction:
                self._open(Envelope.parse(raw))
                found += 1
        self._known = len(envelopes)
        return found

    def _open(self, envelope: Envelope) -> None:
        talk = self._talk
        place = EnvelopePlace(talk.conversation, self._direction, talk.statement.number, talk.opening_hash, self._next, self._previous)
        plain, _ = open_envelope(self._site, talk.secret, envelope, place, talk.statement.number, talk.statement, self._certificates)
        number = self._next
        self._next, self._previous = number + 1, envelope.envelope_hash
        if number == 1 and self._direction == FROM_PERSON:
            return
        if plain.text != text_of(number) or number in self._said.shown:
            self._said.twice += 1
        self._said.shown.setdefault(number, time.monotonic())


def text_of(number: int) -> str:
    return f"Message {number}"
