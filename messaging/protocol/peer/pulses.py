"""Pulses: who is there at this moment, and what they do, told to nobody else (PROTOCOL §12).

Nothing here knows a clock: the caller says which beat it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, ID, PULSE, demand, u32
from messaging.protocol.peer.errors import BadPlaintext, CannotOpen
from messaging.protocol.peer.primitives import Random, open_sealed, random_bytes, seal
from messaging.protocol.peer.pulse_keys import PulseKeys

TYPING, MOMENT, AWAY, LEAVING = 1, 2, 4, 8
# Beats since the one that the other side has heard: how long it is there, and how long it types.
THERE, TYPES = 8, 6
NONCE = 12
CONTENT = 2 * ID + 4 + 4 + 2 + 4
PADDING = PULSE - NONCE - 16 - CONTENT
NOBODY = bytes(ID)

Said = Literal["greets", "early", "again", "counts"]


@dataclass(frozen=True)
class Pulse:
    """What is inside: whose page, which page of the other side it has heard last and at which beat, and what it tells that page."""

    life: bytes
    echo: bytes
    beat: int
    heard: int
    flags: int = 0
    read: int = 0


def seal_pulse(key: bytes, nonce: bytes, pulse: Pulse) -> bytes:
    """256 bytes; the key is the one of the writer's direction."""
    content = pulse.life + pulse.echo + u32(pulse.beat) + u32(pulse.heard) + pulse.flags.to_bytes(2, "big") + u32(pulse.read)
    return nonce + seal(key, nonce, b"", content + bytes(PADDING))


def open_pulse(keys: Sequence[bytes], raw: bytes) -> tuple[int, Pulse]:
    """Which of the keys opens it, from 0, and what is inside.

    Raises:
        Malformed: its size; CannotOpen: none of the keys opens it; BadPlaintext: what is inside is no pulse.
    """
    demand(len(raw) == PULSE, "a pulse of another size")
    for place, key in enumerate(keys):
        try:
            padded = open_sealed(key, raw[:NONCE], b"", raw[NONCE:])
        except CannotOpen:
            continue
        return place, _parse(padded)
    raise CannotOpen("nobody's pulse")


def _parse(padded: bytes) -> Pulse:
    life, echo, numbers = padded[:ID], padded[ID : 2 * ID], padded[2 * ID : CONTENT]
    beat, heard = int.from_bytes(numbers[:4], "big"), int.from_bytes(numbers[4:8], "big")
    if life == NOBODY or beat == 0:
        raise BadPlaintext("a pulse of no page, or of no beat")
    if (echo == NOBODY) != (heard == 0):
        raise BadPlaintext("a page was heard at no beat, or none at one")
    if any(padded[CONTENT:]):
        raise BadPlaintext("padding that is not zero")
    return Pulse(life, echo, beat, heard, int.from_bytes(numbers[8:10], "big"), int.from_bytes(numbers[10:14], "big"))


@dataclass(frozen=True)
class Page:
    """A page of the other side: of which counsellor, and its life."""

    certificate_id: bytes
    life: bytes


@dataclass(frozen=True)
class Presence:
    """What a reader may show of the other side at one beat."""

    certificate_id: bytes
    flags: int
    read: int


class PulseTalk:
    """One page's side: what it writes at each beat, and what it believes of what comes.

    `beat` is the number of the page's own beat, from 1, by its own clock; it never goes back.
    """

    def __init__(self, direction: int, partners: Sequence[PulseKeys], random: Random = random_bytes) -> None:
        self._mine, self._theirs = direction, FROM_DESK if direction == FROM_PERSON else FROM_PERSON
        self._random = random
        self._partners = {each.certificate_id: each for each in partners}
        self.life = random(ID)
        self._echo: tuple[Page, int] | None = None
        # The pulse that counted last, the page it came from, and the greatest beat of this page that the other side has heard.
        self._last: tuple[Page, Pulse] | None = None
        self._heard = self._read = self._last_beat = self._written = 0

    def change_partners(self, partners: Sequence[PulseKeys]) -> None:
        """When the thread was read again: pages of who is no longer among them are forgotten."""
        self._partners = {each.certificate_id: each for each in partners}
        if self._echo is not None and self._echo[0].certificate_id not in self._partners:
            self._echo = None
        if self._last is not None and self._last[0].certificate_id not in self._partners:
            self._last = None

    def write(self, beat: int, flags: int = 0, read: int = 0) -> bytes:
        """The one pulse of this beat: 256 bytes. Flags and what was read go to nobody but a page that is there."""
        if beat <= self._written:
            raise ValueError("a pulse of this beat was written")
        self._written = beat
        to = self._echo[0].certificate_id if self._echo is not None else self._greeted()
        if to is None:
            return self._random(PULSE)
        page, heard = self._echo if self._echo is not None else (Page(to, NOBODY), 0)
        shown = self.there(beat) is not None and self._last is not None and self._last[0] == page
        pulse = Pulse(self.life, page.life, beat, heard, flags if shown else 0, read if shown else 0)
        return seal_pulse(self._partners[to].keys[self._mine], self._random(NONCE), pulse)

    def _greeted(self) -> bytes | None:
        """Whom a page greets that has heard nobody: the desk the person; a person nobody, for they do not know who will come."""
        return next(iter(self._partners), None) if self._mine == FROM_DESK else None

    def read(self, beat: int, raw: bytes) -> Said:
        """What a pulse that came is: only one that counts tells anything.

        Raises:
            Malformed, CannotOpen, BadPlaintext: it is no pulse for this page, and changes nothing.
        """
        partners = list(self._partners.values())
        place, pulse = open_pulse([each.keys[self._theirs] for each in partners], raw)
        page = Page(partners[place].certificate_id, pulse.life)
        known = self._echo[1] if self._echo is not None and self._echo[0] == page else 0
        self._echo = page, max(known, pulse.beat)
        if pulse.echo != self.life:
            return "greets"
        if pulse.heard > beat:
            return "early"
        same = self._last is not None and self._last[0] == page
        fresh = pulse.beat > self._last_beat if same else pulse.heard > self._heard
        if not fresh:
            return "again"
        self._last, self._last_beat = (page, pulse), pulse.beat
        self._heard, self._read = max(self._heard, pulse.heard), max(self._read, pulse.read)
        return "counts"

    def there(self, beat: int) -> Presence | None:
        """Who is there; None when nobody has heard this page within the last eight beats."""
        if self._last is None or beat - self._heard > THERE:
            return None
        page, pulse = self._last
        types = beat - self._heard <= TYPES
        return Presence(page.certificate_id, pulse.flags if types else pulse.flags & ~TYPING, self._read)
