"""Cases of pages that exchange pulses, beat by beat, through a hub that sends again, holds back and mixes (§12.4 to §12.6)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, encode
from messaging.protocol.peer import ProtocolError
from messaging.protocol.peer.pulses import AWAY, MOMENT, NONCE, THERE, TYPES, TYPING, PulseTalk
from tests.vectors.making.pulses import JSON, LIFE, OLD, raw_pulse, reader_of, shared
from tests.vectors.making.stage import Case, Cast, Stream


@dataclass
class Page:
    """The page of a `pulses` case: its steps, and what it wrote, so that the other side can answer."""

    cast: Cast
    who: str
    roster: tuple[str, ...] = ("Moira", "Callum")
    steps: list[JSON] = field(default_factory=list)

    def __post_init__(self) -> None:
        talk = self.cast.talk
        names = self.roster if self.who == "person" else [self.who]
        self.drawn = [LIFE]
        mine = FROM_PERSON if self.who == "person" else FROM_DESK
        self.talk = PulseTalk(mine, [shared(talk, talk.desk.members[each]) for each in names], lambda _: self.drawn.pop())

    def writes(self, beat: int, flags: int = 0, read: int = 0) -> bytes:
        # A person who has heard nobody sends chance itself.
        nobody = self.who == "person" and not any("pulse" in step for step in self.steps)
        random = Stream(f"pulses-{self.who}-{beat}")(256 if nobody else NONCE)
        self.drawn = [random]
        self.steps.append({"beat": beat, "random": encode(random), "flags": flags, "read": read})
        return self.talk.write(beat, flags, read)

    def gets(self, beat: int, raw: bytes) -> None:
        self.steps.append({"beat": beat, "pulse": encode(raw)})
        with suppress(ProtocolError):
            self.talk.read(beat, raw)

    def case(self, name: str, about: str) -> Case:
        given = {**reader_of(self.cast, self.cast.talk, self.who, self.roster), "life": encode(LIFE), "steps": self.steps}
        return Case(f"pulses-{name}", "12.4", "pulses", about, given)


def in_talks(cast: Cast) -> Iterator[Case]:
    """A page from its first beat on. The other side's pulses are made by hand: at each beat there is one fault."""
    callum, moira = (shared(cast.talk, cast.desk.members[each]).keys for each in ("Callum", "Moira"))
    greeting: JSON = {"echo": bytes(16), "heard": 0}

    def theirs(who: str, name: str, keys: dict[int, bytes] | None = None, **inside: Any) -> bytes:
        return raw_pulse((keys or callum)[FROM_DESK if who == "person" else FROM_PERSON], f"{who}-{name}", **inside)

    for who in ("person", "Callum"):
        side = "person" if who == "person" else "desk"

        def page(who: str = who) -> Page:
            """At its fourth beat: the other side is there, and has heard the third."""
            made = Page(cast, who)
            made.writes(1, TYPING, 1)
            made.gets(1, theirs(who, "greets", **greeting))
            made.writes(2, TYPING, 1)
            made.gets(2, theirs(who, "2", beat=2, heard=2))
            made.writes(3, TYPING, 1)
            made.gets(3, theirs(who, "3", beat=3, heard=3, flags=TYPING, read=2))
            made.writes(4, TYPING, 1)
            return made

        met = page()
        met.gets(4, theirs(who, "4", beat=4, heard=4, flags=MOMENT, read=1))
        for beat in (5, 4 + TYPES, 4 + THERE, 5 + THERE):
            met.writes(beat, AWAY, 3)
        yield met.case(f"meet-{side}", "Two pages meet, one types and needs a moment, and then is heard no more.")
        again = page()
        again.gets(4, theirs(who, "3", beat=3, heard=3, flags=TYPING, read=2))
        again.gets(5, theirs(who, "2", beat=2, heard=2))
        yield again.case(f"replayed-{side}", "What counted comes again, and what came before it.")
        ordered = page()
        ordered.gets(5, theirs(who, "6", beat=6, heard=4))
        ordered.gets(5, theirs(who, "5", beat=5, heard=4, flags=TYPING))
        ordered.writes(5)
        yield ordered.case(f"reordered-{side}", "The older of two comes last.")
        held = page()
        held.gets(3 + THERE, theirs(who, "held", beat=5, heard=3))
        held.gets(4 + THERE, theirs(who, "held-longer", beat=6, heard=3, flags=TYPING))
        yield held.case(f"held-back-{side}", "A pulse that was held back for eight beats, and one for nine.")
        types = page()
        types.gets(4, theirs(who, "types", beat=4, heard=4, flags=TYPING))
        for late in (4 + TYPES, 5 + TYPES):
            types.gets(late, Stream("pulses-chance")(256))
        yield types.case(f"typing-ends-{side}", "Nothing more comes: typing ends before presence does.")
        future = page()
        future.gets(4, theirs(who, "future", beat=4, heard=5))
        yield future.case(f"not-yet-written-{side}", "A beat is said to be heard that was not there.")
        old = page()
        old.gets(4, theirs(who, "old-life", life=OLD, echo=Stream("pulse-life-before")(16), beat=90, heard=80, flags=TYPING))
        old.writes(5, TYPING, 1)
        old.gets(5, theirs(who, "5-after-old", beat=5, heard=4))
        old.writes(6, TYPING, 1)
        yield old.case(f"old-life-{side}", "A pulse of the other side's page of yesterday: nothing is told to it.")
        back = page()
        back.gets(4, theirs(who, "new-page", life=OLD, **greeting))
        back.writes(5, TYPING, 1)
        back.gets(5, theirs(who, "new-page-2", life=OLD, beat=2, heard=5))
        back.gets(5, theirs(who, "4-from-before", beat=4, heard=4, flags=TYPING))
        back.gets(5, theirs(who, "4-new", beat=5, heard=5, flags=TYPING))
        back.writes(6, TYPING, 1)
        yield back.case(f"other-page-{side}", "The other side's page was loaded again; then a pulse of the one before comes.")
        broken = page()
        for index, raw in enumerate((b"", Stream("pulses-chance")(256), theirs(who, "broken", beat=0))):
            broken.gets(4 + index, raw)
        yield broken.case(f"broken-{side}", "What is no pulse changes nothing.")
    two = Page(cast, "person")
    two.writes(1, TYPING)
    two.gets(1, theirs("person", "callum", **greeting))
    two.writes(2, TYPING)
    two.gets(2, theirs("person", "callum-2", beat=2, heard=2))
    two.gets(2, theirs("person", "moira", moira, life=OLD, **greeting))
    two.writes(3, TYPING, 2)
    two.gets(3, theirs("person", "moira-3", moira, life=OLD, beat=2, heard=3, flags=TYPING))
    two.writes(4, TYPING, 2)
    yield two.case("handed-over", "Moira takes over from Callum: to her nothing is told before she is there.")


def cases(cast: Cast) -> Iterator[Case]:
    yield from in_talks(cast)
