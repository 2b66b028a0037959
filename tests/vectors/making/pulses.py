"""Cases of pulses: who is there, against a hub that sends again, holds back, swaps and mixes (§12)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, encode
from messaging.protocol.peer.keys import InboxKeys
from messaging.protocol.peer.primitives import seal
from messaging.protocol.peer.pulse_keys import PulseContext, PulseKeys, newest_opening, pulse_keys
from messaging.protocol.peer.pulses import AWAY, MOMENT, NONCE, TYPING, Pulse, seal_pulse
from messaging.protocol.wire import Certificate
from tests.vectors.making import forge
from tests.vectors.making.maker import Maker
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip
from tests.world.peers import Conversation, Member

JSON = dict[str, Any]
LIFE, OTHER, OLD = (Stream(f"pulse-life-{each}")(16) for each in ("own", "other", "old"))


def context(talk: Conversation) -> PulseContext:
    opened = newest_opening(talk.as_person())
    return PulseContext(talk.desk.site, opened.opening.conversation, opened.opening.opening_hash, opened.secret)


def shared(talk: Conversation, member: Member, inbox: InboxKeys | None = None) -> PulseKeys:
    certificate = Certificate.parse(member.certificate)
    found = pulse_keys(context(talk), (inbox or talk.inbox).tag_seed, certificate.tag_public, certificate)
    assert found is not None
    return found


def reader_of(cast: Cast, talk: Conversation, name: str, roster: Sequence[str] = ("Moira", "Callum")) -> JSON:
    """One side of the talk: the person with everyone of these, or a counsellor."""
    where = context(talk)
    names = roster if name == "person" else [name]
    given: JSON = {
        **cast.where(),
        "conversation": encode(where.conversation),
        "opening_hash": encode(where.opening_hash),
        "secret": encode(where.secret),
        "certificates": [encode(talk.desk.members[each].certificate) for each in names],
    }
    if name == "person":
        return {**given, "reader": cast.person()}
    member = talk.desk.members[name].counsellor
    keys = {"counsellor_id": encode(member.counsellor_id), "secret": encode(member.secret), "tag_public": encode(talk.inbox.tag_public)}
    return {**given, "reader": {"side": "desk", **keys}}


def raw_pulse(key: bytes, name: str, **inside: Any) -> bytes:
    good = {"life": OTHER, "echo": LIFE, "beat": 1, "heard": 1}
    return seal_pulse(key, Stream(f"pulse-{name}")(NONCE), Pulse(**{**good, **inside}))


def keys_of_threads(cast: Cast) -> Iterator[Case]:
    def case(name: str, about: str, maker: Maker, error: str | None = None, **change: Any) -> Case:
        made = maker.case(name, about, error, **change)
        return replace(made, name=f"pulse-keys-{name}", section="12.2", kind="pulse-keys")

    talk = cast.talk
    yield case("person", "With everyone on the roster, in its order.", Maker(cast, talk, "person"))
    yield case("callum", "The same as the person has with Callum.", Maker(cast, talk, "Callum"))
    yield case("two-epochs-person", "The opening is the newer epoch's.", Maker(cast, cast.person_opened, "person"))
    yield case("two-epochs-isla", "Isla has the newer epoch's alone.", Maker(cast, cast.person_opened, "Isla"))
    later = cast.goes_on(talk)
    yield case("later-desk-person", "Nobody has written in the new epoch: its roster, and the old opening.", Maker(cast, later, "person"))
    yield case("later-desk-moira", "The same for Moira, who is on both rosters.", Maker(cast, later, "Moira"))
    yield case("later-desk-isla", "Isla came later, and was given the old epoch's key.", Maker(cast, later, "Isla"))
    yield case("no-opening", "No opening stands in the answer.", Maker(cast, talk, "person"), "BadOpening", openings=[])
    yield case("off-roster", "Fergus is off today's roster.", Maker(cast, later, "Fergus"), "BadSignature")
    over = talk.desk.today + 40
    yield case("no-desk", "No epoch includes today.", Maker(cast, talk, "person"), "BadDates", today=over)


def alone(cast: Cast) -> Iterator[Case]:
    talk, desk = cast.talk, cast.desk
    callum, moira = (shared(talk, desk.members[each]) for each in ("Callum", "Moira"))
    to_person, to_desk = callum.keys[FROM_DESK], callum.keys[FROM_PERSON]

    def case(name: str, about: str, raw: bytes, error: str | None = None, who: str = "person", **change: Any) -> Case:
        return Case(f"pulse-{name}", "12.3", "pulse", about, {**reader_of(cast, talk, who), "pulse": encode(raw), **change}, error)

    good = raw_pulse(to_person, "good", beat=7, heard=5, flags=TYPING | MOMENT, read=3)
    yield case("from-desk", "Callum is typing, and needs a moment.", good)
    yield case("from-person", "The person is away for a moment.", raw_pulse(to_desk, "to", flags=AWAY, read=2), who="Callum")
    yield case("from-second", "The second of the certificates.", raw_pulse(moira.keys[FROM_DESK], "moira"))
    first = {"beat": 1, "echo": bytes(16), "heard": 0}
    yield case("greeting", "Nobody was heard yet.", raw_pulse(to_person, "greets", **first))
    yield case("unknown-flags", "Flags that are for later.", raw_pulse(to_person, "later", flags=0xFFF0))
    yield case(
        "largest", "The largest numbers.", raw_pulse(to_person, "large", beat=2**32 - 1, heard=2**32 - 1, flags=0xFFFF, read=2**32 - 1)
    )
    yield case("longer", "A byte too many.", good + b"\0", "Malformed")
    yield case("shorter", "A byte too few.", good[:-1], "Malformed")
    yield case("random", "What a hub sends in place of a pulse.", Stream("pulse-random")(256), "CannotOpen")
    yield case("nonce-flipped", "One bit of the nonce.", flip(good, 3), "CannotOpen")
    yield case("ciphertext-flipped", "One bit of what is sealed.", flip(good, 100), "CannotOpen")
    yield case("tag-flipped", "One bit of the tag.", flip(good, -1), "CannotOpen")
    mirrored = raw_pulse(to_desk, "mirrored")
    yield case("mirrored", "The person's own pulse comes back.", mirrored, "CannotOpen")
    yield case("mirrored-at-the-desk", "Callum's own pulse comes back.", raw_pulse(to_person, "back"), "CannotOpen", "Callum")
    yield case("colleagues", "Moira, who can read the thread, cannot read what is for Callum.", mirrored, "CannotOpen", "Moira")
    fergus = shared(talk, desk.members["Fergus"]).keys[FROM_DESK]
    yield case("unnamed", "Of somebody whose certificate is not there.", raw_pulse(fergus, "fergus"), "CannotOpen")
    other = shared(cast.other_talk, desk.members["Callum"])
    yield case("other-person", "Callum's pulse for somebody else.", raw_pulse(other.keys[FROM_DESK], "elsewhere"), "CannotOpen")
    elsewhere = {"conversation": encode(Stream("pulse-elsewhere")(16))}
    yield case("other-conversation", "Another conversation of the same two.", good, "CannotOpen", **elsewhere)
    yield case("other-opening", "Another opening.", good, "CannotOpen", opening_hash=encode(Stream("pulse-opening")(32)))
    yield case("other-secret", "Another opening's secret.", good, "CannotOpen", secret=encode(Stream("pulse-secret")(32)))
    low = {**reader_of(cast, talk, "Callum")["reader"], "tag_public": encode(bytes(32))}
    yield case("low-order", "The inbox's key is of low order: nothing is agreed.", mirrored, "CannotOpen", "Callum", reader=low)
    bad: dict[str, tuple[str, JSON]] = {
        "no-life": ("Of no page.", {"life": bytes(16)}),
        "no-beat": ("Of no beat.", {"beat": 0}),
        "heard-nobody": ("Nobody was heard, at a beat.", {"echo": bytes(16)}),
        "heard-never": ("A page was heard, at no beat.", {"heard": 0}),
    }
    for name, (about, inside) in bad.items():
        yield case(name, about, raw_pulse(to_person, name, **inside), "BadPlaintext")
    padded = (OTHER + LIFE + bytes([0, 0, 0, 1] * 2)).ljust(227, b"\0") + b"\1"
    nonce = Stream("pulse-padding")(NONCE)
    yield case("padding", "The last byte is not zero.", nonce + seal(to_person, nonce, b"", padded), "BadPlaintext")
    yield case(
        "padding-first", "Nor is the first.", nonce + seal(to_person, nonce, b"", edit(padded[:-1] + b"\0", 46, b"\1")), "BadPlaintext"
    )


def low_order(cast: Cast) -> Iterator[Case]:
    """On a roster stands somebody with whom nothing can be agreed."""
    desk, talk = cast.desk, cast.talk
    weak = Member(replace(desk.members["Callum"].counsellor, tag_public=bytes([1]) + bytes(31)), b"")
    certificate = forge.certificate(desk, weak, days=(desk.today, desk.today + 99))
    given = reader_of(cast, talk, "person")
    given["certificates"] = [encode(certificate), *given["certificates"]]
    raw = raw_pulse(shared(talk, desk.members["Moira"]).keys[FROM_DESK], "beside-low-order")
    about = "Somebody's key is of low order: there is none to share with them."
    yield Case("pulse-beside-low-order", "12.2", "pulse", about, {**given, "pulse": encode(raw)})


def cases(cast: Cast) -> Iterator[Case]:
    yield from keys_of_threads(cast)
    yield from alone(cast)
    yield from low_order(cast)
