"""Cases of notes and saved replies."""

from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import HASH, decode, encode, hashed, label, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.keys import Site
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import HEAD, note_key, seal_note
from messaging.protocol.peer.plaintext import Ack
from messaging.protocol.peer.primitives import ZERO_NONCE, kdf, seal
from messaging.protocol.wire import Certificate, Envelope, Note, Opening, Statement
from tests.vectors.making import forge
from tests.vectors.making.plaintexts import padded
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip

# Where to_desk begins.
TO_DESK = 71
NOBODY = {"sequence": 0, "hash": "A" * 43}
WHOLE: dict[str, Any] = {"type": "note", "text": "a", "previous": [], "ack": [NOBODY, NOBODY]}


def unbound(site: Site, secret: bytes, subject: bytes) -> bytes:
    """A commitment to the epoch's number alone: another statement of the number would do."""
    return kdf(secret, b"", "note-commit", site.site + b"\1" + subject + u32(1))


def note_info(site: Site, subject: bytes) -> bytes:
    """What the wrap of a note's K is bound to, in the first epoch."""
    return label("note-key") + site.site + b"\1" + subject + u32(1)


def read_before(cast: Cast, good: dict[str, Any]) -> Iterator[Case]:
    """A note that says what its writer had read."""
    desk, callum, envelopes = cast.desk, cast.desk.members["Callum"], [Envelope.parse(raw) for raw in cast.talk.envelopes]
    acks = Ack(2, envelopes[2].envelope_hash), Ack(1, envelopes[1].envelope_hash)
    content = NoteText("She called.", None, (hashed("note", b"one"), hashed("note", b"another")), acks)
    own, statement = Certificate.parse(callum.certificate), Statement.parse(desk.statements[0])
    raw = seal_note(desk.site, callum.counsellor, own, statement, decode(good["subject"]), content, Stream("note-read"))
    about = "A note whose writer had read two others, and the newest messages of both sides."
    yield Case("note-after-others", "6", "note", about, {**good, "note": encode(raw)})


def cases(cast: Cast) -> Iterator[Case]:
    desk, callum = cast.desk, cast.desk.members["Callum"]
    site, statement = desk.site, Statement.parse(desk.statements[0])
    subject = Opening.parse(cast.talk.openings[0]).conversation
    own = Certificate.parse(callum.certificate)
    raw = seal_note(site, callum.counsellor, own, statement, subject, NoteText("Prefers evenings."), Stream("note"))
    good: dict[str, Any] = {
        **cast.where(),
        "certificates": desk.certificates(),
        "statement": encode(statement.raw),
        "epoch_seed": encode(cast.seed(desk, "Callum", 1)),
        "note_kind": 1,
        "subject": encode(subject),
        "epoch": 1,
        "note": encode(raw),
    }
    yield Case("note", "6", "note", "A note about a conversation.", good)
    yield from read_before(cast, good)
    name = Stream("saved-reply")(16)
    reply = seal_note(site, callum.counsellor, own, statement, name, NoteText("You can call us.", "Hours"), Stream("saved"))
    saved = {**good, "note_kind": 2, "subject": encode(name), "note": encode(reply)}
    yield Case("note-saved-reply", "6", "note", "A saved reply.", saved)

    def signed(altered: bytes) -> bytes:
        return forge.signed_note(site, callum, altered)

    head, secret = (
        raw[:HEAD],
        primitives.unwrap(cast.seed(desk, "Callum", 1), note_info(site, subject), Note.parse(raw).to_desk),
    )

    def inside(content: bytes, head: bytes = head) -> bytes:
        ciphertext = seal(note_key(secret, Note.parse(raw).salt, head), ZERO_NONCE, head, content)
        return signed(edit(head + raw[HEAD:], HEAD, ciphertext))

    low = forge.wrapped_with_low_order(statement.kem_public, note_info(site, subject), secret)
    bad: dict[str, tuple[bytes, str, str]] = {
        "version": (edit(raw, 0, b"\1"), "Malformed", "Version 1."),
        "suite": (edit(raw, 1, b"\2"), "Malformed", "Suite 2."),
        "kind": (edit(raw, 2, b"\5"), "Malformed", "Kind 5."),
        "epoch-zero": (edit(raw, 19, u32(0)), "Malformed", "Epoch 0."),
        "cut-off": (raw[:-1], "Malformed", "A byte is missing."),
        "other-subject": (signed(flip(raw, 3)), "BadChain", "About another conversation."),
        "other-epoch": (signed(edit(raw, 19, u32(2))), "BadChain", "Of another epoch."),
        "other-kind": (reply, "BadChain", "A saved reply where a note is expected."),
        "signature": (flip(raw, -1), "BadSignature", "One bit of the signature is changed."),
        "other-label": (forge.signed_note(site, callum, raw, "reply"), "BadSignature", "Signed for another use."),
        "other-counsellor": (
            edit(raw, 9447, forge.id_of(desk.members["Moira"])),
            "BadSignature",
            "Signed by Callum, with Moira's certificate.",
        ),
        "not-on-roster": (
            forge.signed_note(site, desk.members["Isla"], edit(raw, 9447, forge.id_of(desk.members["Isla"]))),
            "BadSignature",
            "Signed by somebody who is not on the roster.",
        ),
        "commitment": (signed(flip(raw, 39)), "CannotOpen", "The commitment is changed, the signature holds."),
        "to-desk": (signed(flip(raw, 100)), "CannotOpen", "What is wrapped is changed, the signature holds."),
        "to-desk-low-order": (
            inside(padded(WHOLE), edit(head, TO_DESK, low)),
            "CannotOpen",
            "The wrap's X25519 half is of low order: nothing is agreed, and nothing is opened.",
        ),
        "salt": (signed(flip(raw, 23)), "CannotOpen", "The salt is changed, the signature holds."),
        "ciphertext": (signed(flip(raw, 5000)), "CannotOpen", "The ciphertext is changed, the signature holds."),
    }
    spoilt: dict[str, tuple[dict[str, Any], str]] = {
        "key-too-many": ({"name": "a"}, "A key too many."),
        "other-type": ({"type": "text"}, "A message's type."),
        "blank": ({"text": "\u3000"}, "Nothing but white space."),
        "no-previous": ({"previous": None}, "It does not say which notes its writer had read."),
        "previous-twice": ({"previous": ["A" * 43] * 2}, "It names a note twice."),
        "previous-short": ({"previous": ["A" * 42]}, "It names a note by a hash that is too short."),
        "previous-too-many": ({"previous": [encode(bytes([each] * 32)) for each in range(17)]}, "It names seventeen notes."),
        "one-ack": ({"ack": [NOBODY]}, "It acknowledges one direction."),
        "ack-object": ({"ack": NOBODY}, "It acknowledges as a message does."),
        "ack-zero-with-hash": ({"ack": [{"sequence": 0, "hash": "B" * 42 + "A"}, NOBODY]}, "Sequence 0 with a hash."),
    }
    for case, (change, about) in spoilt.items():
        bad[case] = (inside(padded({**WHOLE, **change})), "BadPlaintext", about)
    # Sealed as it then stands: nothing else is wrong with it.
    nowhere, another = (inside(padded(WHOLE), edit(head, 39, each)) for each in (unbound(site, secret, subject), bytes(HASH)))
    bad["other-statement"] = (nowhere, "CannotOpen", "Its commitment names no statement.")
    bad["commitment-to-another"] = (another, "CannotOpen", "It opens, and its commitment is to another secret.")
    for case, (altered, error, about) in bad.items():
        yield Case(f"note-{case}", "6", "note", about, {**good, "note": encode(altered)}, error)
