"""Cases of notes and saved replies."""

from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import encode, label, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.notes import HEAD, NoteText, note_key, seal_note
from messaging.protocol.peer.primitives import ZERO_NONCE, seal
from messaging.protocol.wire import Certificate, Note, Opening, Statement
from tests.vectors.making import forge
from tests.vectors.making.plaintexts import padded
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip


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
    name = Stream("saved-reply")(16)
    reply = seal_note(site, callum.counsellor, own, statement, name, NoteText("You can call us.", "Hours"), Stream("saved"))
    saved = {**good, "note_kind": 2, "subject": encode(name), "note": encode(reply)}
    yield Case("note-saved-reply", "6", "note", "A saved reply.", saved)

    def signed(altered: bytes) -> bytes:
        return forge.signed_note(site, callum, altered)

    head, secret = (
        raw[:HEAD],
        primitives.unwrap(cast.seed(desk, "Callum", 1), label("note-key") + site.site + b"\1" + subject + u32(1), Note.parse(raw).to_desk),
    )

    def inside(content: bytes) -> bytes:
        ciphertext = seal(note_key(secret, Note.parse(raw).salt, head), ZERO_NONCE, head, content)
        return signed(edit(raw, HEAD, ciphertext))

    bad: dict[str, tuple[bytes, str, str]] = {
        "version": (edit(raw, 0, b"\2"), "Malformed", "Version 2."),
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
        "salt": (signed(flip(raw, 23)), "CannotOpen", "The salt is changed, the signature holds."),
        "ciphertext": (signed(flip(raw, 5000)), "CannotOpen", "The ciphertext is changed, the signature holds."),
        "with-ack": (
            inside(padded({"type": "note", "text": "a", "ack": {"sequence": 0, "hash": "A" * 43}})),
            "BadPlaintext",
            "A key too many.",
        ),
        "other-type": (inside(padded({"type": "text", "text": "a"})), "BadPlaintext", "A message's type."),
        "blank": (inside(padded({"type": "note", "text": "\u3000"})), "BadPlaintext", "Nothing but white space."),
    }
    for case, (altered, error, about) in bad.items():
        yield Case(f"note-{case}", "6", "note", about, {**good, "note": encode(altered)}, error)
