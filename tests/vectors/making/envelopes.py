"""Cases of single envelopes."""

from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import encode, u32
from messaging.protocol.peer import plaintext
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.plaintext import Ack
from messaging.protocol.wire import Envelope
from tests.vectors.making import forge
from tests.vectors.making.plaintexts import padded
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip, opening_of
from tests.world.peers import Conversation


class Scene:
    """One envelope in its place, and cases made of changing one thing."""

    def __init__(self, cast: Cast, talk: Conversation, index: int) -> None:
        self.envelope = Envelope.parse(talk.envelopes[index])
        self.raw, self.cast, self.talk = self.envelope.raw, cast, talk
        self.input: dict[str, Any] = {
            **cast.where(),
            "secret": encode(cast.secret(talk, 1)),
            "statement": encode(cast.desk.statements[0]),
            "certificates": cast.desk.certificates(),
            "conversation": encode(self.envelope.conversation),
            "direction": self.envelope.direction,
            "epoch_floor": 0 if self.envelope.sequence == 1 else 1,
            "sequence": self.envelope.sequence,
            "previous": encode(self.envelope.previous),
            "opening_hash": encode(self.envelope.opening_hash),
        }
        self.place = EnvelopePlace(
            self.envelope.conversation,
            self.envelope.direction,
            1,
            self.envelope.opening_hash,
            self.envelope.sequence,
            self.envelope.previous,
        )
        self.prefix = f"envelope-{'person' if self.envelope.direction == 1 else 'desk'}"

    def case(self, name: str, about: str, error: str | None, raw: bytes | None = None, **change: Any) -> Case:
        given = {**self.input, **change, "envelope": encode(self.raw if raw is None else raw)}
        return Case(f"{self.prefix}-{name}", "4.5", "envelope", about, given, error)

    def sealed(self, name: str, inside: bytes, writer: str | None = None) -> bytes:
        """Another envelope in the same place."""
        member = self.cast.desk.members[writer] if writer else None
        signer = (member.counsellor, forge.id_of(member)) if member else None
        return seal_envelope(self.cast.desk.site, self.cast.secret(self.talk, 1), self.place, inside, signer, (), Stream(name))


MOVED = {
    "other-conversation": (3, "Moved to another conversation."),
    "other-opening": (43, "Under another opening."),
}


def person(cast: Cast) -> Iterator[Case]:
    intake, text = Scene(cast, cast.talk, 0), Scene(cast, cast.talk, 2)
    yield intake.case("intake", "The first message.", None)
    yield text.case("text", "A further message.", None)
    raw = text.raw
    for name, (offset, about) in MOVED.items():
        yield text.case(name, about, "BadChain", flip(raw, offset))
    yield text.case("previous", "After another envelope.", "BadChain", flip(raw, 75))
    yield text.case("other-sequence", "The sequence is changed.", "BadChain", edit(raw, 23, u32(3)))
    yield text.case("other-epoch", "The epoch is changed.", "BadChain", edit(raw, 19, u32(2)))
    yield text.case("replayed", "The first message in the second's place.", "BadChain", intake.raw)
    yield text.case("as-the-desks", "A person's message where the desk's is expected.", "BadChain", direction=2)
    reflected = {"direction": 2, "sequence": 1, "previous": encode(bytes(32))}
    yield intake.case(
        "reflected",
        "A person's message said to be the desk's.",
        "BadSignature",
        edit(edit(intake.raw, 2, b"\2"), 8315, bytes(1024)),
        **reflected,
    )
    yield text.case("older-epoch", "An envelope of this direction in a newer epoch came before.", "OlderEpoch", epoch_floor=2)
    for name, offset in {"salt": 27, "ciphertext": 4000, "tag": 8314}.items():
        yield text.case(f"{name}-flipped", "One bit is changed.", "CannotOpen", flip(raw, offset))
    yield text.case("other-secret", "The conversation's secret is another.", "CannotOpen", secret=encode(Stream("other-secret")(32)))
    malformed = {
        "version": (edit(raw, 0, b"\1"), "Version 1."),
        "suite": (edit(raw, 1, b"\2"), "Suite 2."),
        "direction": (edit(raw, 2, b"\0"), "Direction 0."),
        "epoch-zero": (edit(raw, 19, u32(0)), "Epoch 0."),
        "sequence-zero": (edit(raw, 23, u32(0)), "Sequence 0."),
        "certificate": (edit(raw, 9339, b"\1"), "Not zeros for a person's certificate."),
        "signature": (edit(raw, 9418, b"\1"), "Not zeros for a person's signature."),
        "cut-off": (raw[:-1], "A byte is missing."),
        "trailing-byte": (raw + b"\0", "A byte too many."),
        "empty": (b"", "Nothing."),
    }
    for name, (altered, about) in malformed.items():
        yield text.case(name, about, "Malformed", altered)
    yield intake.case("first-with-previous", "A first message after another.", "Malformed", edit(intake.raw, 75, b"\1"))
    again = text.sealed("second-intake", padded({"type": "intake", "route": "self", "terms": 1, "text": "x", "ack": ACK}))
    yield text.case("second-intake", "A second intake.", "BadPlaintext", again)
    yield text.case(
        "padding",
        "Padding that is not zero.",
        "BadPlaintext",
        text.sealed("padding", padded({"type": "text", "text": "x", "ack": ACK})[:-1] + b"\1"),
    )
    yield text.case(
        "from-the-desk-only",
        "A person closes.",
        "BadPlaintext",
        text.sealed("closing", padded({"type": "closing", "text": "x", "ack": ACK})),
    )
    unknown = {"type": "drawing", "strokes": [[0, 0.5], [-1, 2e3]], "text": "not to be shown", "ack": ACK}
    yield text.case("unknown-type", "A kind of message that this version does not know.", None, text.sealed("unknown", padded(unknown)))


ACK = {"sequence": 0, "hash": "A" * 43}


def desk(cast: Cast) -> Iterator[Case]:
    site, callum, moira = cast.desk.site, cast.desk.members["Callum"], cast.desk.members["Moira"]
    text, handover = Scene(cast, cast.talk, 1), Scene(cast, cast.talk, 3)
    yield text.case("text", "Callum's answer.", None)
    yield handover.case("handover", "Moira takes over.", None)
    first = Envelope.parse(cast.talk.envelopes[2])
    ack = Ack(first.sequence, first.envelope_hash)
    closing = plaintext.write_plaintext({"type": "closing", "text": "We wish you well."}, ack, 2, 2)
    yield handover.case("closing", "The desk closes.", None, handover.sealed("desk-closing", closing, "Moira"))
    raw = text.raw
    signature = {
        "signature-flipped": (flip(raw, -1), "One bit of the signature is changed."),
        "no-signature": (raw[:-64] + bytes(64), "Zeros for a signature."),
        "salt-flipped": (flip(raw, 27), "The salt is changed, the signature is not."),
        "ciphertext-flipped": (flip(raw, 4000), "The ciphertext is changed, the signature is not."),
        "other-counsellor": (edit(raw, 9339, forge.id_of(moira)), "Signed by Callum, with Moira's certificate."),
        "no-certificate": (edit(raw, 9339, bytes(16)), "Zeros for a certificate."),
        "other-label": (forge.signed_envelope(site, callum, raw, "opening"), "Signed for another use."),
        "other-site": (forge.signed_envelope(cast.stranger_desk.site, callum, raw), "Signed for another organisation."),
        "not-on-roster": (
            text.sealed("isla", padded({"type": "text", "text": "x", "ack": ACK}), "Isla"),
            "Signed by a counsellor who is not on the roster.",
        ),
    }
    for name, (altered, about) in signature.items():
        yield text.case(name, about, "BadSignature", altered)
    rest = [each for each in text.input["certificates"] if each != encode(callum.certificate)]
    yield text.case("certificate-unknown", "The certificate is not there.", "BadSignature", certificates=rest)
    yield from ending(cast)
    yield text.case("other-sequence", "The sequence is changed.", "BadChain", forge.signed_envelope(site, callum, edit(raw, 23, u32(2))))
    for name, (offset, about) in MOVED.items():
        yield text.case(name, about, "BadChain", forge.signed_envelope(site, callum, flip(raw, offset)))
    for name, offset in {"salt": 27, "tag": 8314}.items():
        about = f"The {name} is changed, and the signature holds."
        yield text.case(f"{name}-signed", about, "CannotOpen", forge.signed_envelope(site, callum, flip(raw, offset)))
    blank = text.sealed("blank", padded({"type": "text", "text": " \n", "ack": ACK}), "Callum")
    yield text.case("blank", "Nothing but white space, signed.", "BadPlaintext", blank)


def ending(cast: Cast) -> Iterator[Case]:
    """A certificate on the roster that ends within the epoch does not count in it."""
    desk_, moira = cast.desk, cast.desk.members["Moira"]
    scene = Scene(cast, cast.talk, 1)
    short = desk_.join("Skye", last_day=desk_.today + 10)
    del desk_.members["Skye"]
    known = opening_of(cast.talk, 1)
    statement = forge.statement(
        desk_.site,
        moira,
        forge.Draft(
            number=1,
            kem_public=Stream("any")(1216),
            previous=bytes(32),
            days=(desk_.today, desk_.today + 34),
            roster=sorted([forge.id_of(moira), forge.id_of(short)]),
        ),
    )
    inside = padded({"type": "text", "text": "x", "ack": ACK})
    raw = seal_envelope(
        desk_.site, cast.secret(cast.talk, 1), scene.place, inside, (short.counsellor, forge.id_of(short)), (), Stream("short")
    )
    more = {"statement": encode(statement), "certificates": [encode(moira.certificate), encode(short.certificate)]}
    yield scene.case(
        "certificate-ends", "The certificate ends within the epoch.", "BadSignature", raw, **more, opening_hash=encode(known.opening_hash)
    )


def cases(cast: Cast) -> Iterator[Case]:
    yield from person(cast)
    yield from desk(cast)
