"""Notes between counsellors, and saved replies (PROTOCOL §6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from messaging.protocol.encoding import hashed, label, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.errors import BadChain, BadPlaintext, BadSignature, CannotOpen
from messaging.protocol.peer.keys import Counsellor, Site
from messaging.protocol.peer.padding import pad_json, unpad_json
from messaging.protocol.peer.primitives import ZERO_NONCE, Random, kdf, open_sealed, random_bytes, seal, sign
from messaging.protocol.peer.text import is_text
from messaging.protocol.wire import Certificate, Note, Statement
from messaging.protocol.wire.notes import NOTE, SAVED_REPLY

# Everything before the ciphertext.
HEAD = 1239
TYPES = {NOTE: ("note", {"type", "text"}), SAVED_REPLY: ("saved-reply", {"type", "name", "text"})}


@dataclass(frozen=True)
class NoteText:
    """What a counsellor wrote: a note, or a saved reply with its name."""

    text: str
    name: str | None = None

    def check(self) -> None:
        """Raises BadPlaintext."""
        if not is_text(self.text) or (self.name is not None and not is_text(self.name)):
            raise BadPlaintext("no text")


def _context(site: Site, kind: int, subject: bytes, epoch: int) -> bytes:
    return site.site + bytes([kind]) + subject + u32(epoch)


def note_key(secret: bytes, salt: bytes, head: bytes) -> bytes:
    """`key`, §6; `head` is bytes 0–1,238, hashed because WebCrypto takes no info of that length."""
    return kdf(secret, salt, "note-body", hashed("note-head", head))


def seal_note(
    site: Site,
    writer: Counsellor,
    certificate: Certificate,
    statement: Statement,
    subject: bytes,
    content: NoteText,
    random: Random = random_bytes,
) -> bytes:
    """9,527 bytes: a saved reply when the content has a name, a note otherwise. Raises TooLong, BadPlaintext."""
    content.check()
    kind = NOTE if content.name is None else SAVED_REPLY
    written = {"type": "note"} if content.name is None else {"type": "saved-reply", "name": content.name}
    return seal_content(site, writer, certificate, statement, kind, subject, {**written, "text": content.text}, random)


def seal_content(
    site: Site,
    writer: Counsellor,
    certificate: Certificate,
    statement: Statement,
    kind: int,
    subject: bytes,
    content: dict[str, Any],
    random: Random = random_bytes,
) -> bytes:
    """9,527 bytes of any of §6's kinds, whose JSON the caller has checked. Raises TooLong, BadPlaintext."""
    secret, salt = random(32), random(16)
    context = _context(site, kind, subject, statement.number)
    head = bytes([1, 1, kind]) + subject + u32(statement.number) + salt + kdf(secret, b"", "note-commit", context)
    head += primitives.wrap(statement.kem_public, label("note-key") + context, secret)
    body = head + seal(note_key(secret, salt, head), ZERO_NONCE, head, pad_json(content)) + certificate.certificate_id
    return body + sign(writer.sign_seed, "note", site.site + body)


def open_note(
    site: Site,
    epoch_seed: bytes,
    statement: Statement,
    certificates: Mapping[bytes, Certificate],
    kind: int,
    subject: bytes,
    raw: bytes,
) -> tuple[NoteText, str]:
    """What was written, and the writer's display name.

    Raises:
        Malformed, BadChain, BadSignature, CannotOpen, BadPlaintext.
    """
    content, writer = open_content(site, epoch_seed, statement, certificates, kind, subject, raw)
    name, keys = TYPES[kind]
    if content.get("type") != name or content.keys() != keys or not all(is_text(content[key]) for key in keys):
        raise BadPlaintext("its type, keys or text")
    return NoteText(content["text"], content.get("name")), writer.display_name


def open_content(
    site: Site,
    epoch_seed: bytes,
    statement: Statement,
    certificates: Mapping[bytes, Certificate],
    kind: int,
    subject: bytes,
    raw: bytes,
) -> tuple[dict[str, Any], Certificate]:
    """The JSON inside, whatever its keys, and the writer's certificate. Raises as `open_note`."""
    note = Note.parse(raw)
    if (note.kind, note.subject, note.epoch) != (kind, subject, statement.number):
        raise BadChain("a note about something else")
    writer = certificates.get(note.certificate_id)
    if writer is None or not statement.covered_by(writer) or not note.signed_by(site.site, writer):
        raise BadSignature("not signed by somebody on the epoch's roster")
    context = _context(site, kind, subject, note.epoch)
    secret = primitives.unwrap(epoch_seed, label("note-key") + context, note.to_desk)
    if not compare_digest(kdf(secret, b"", "note-commit", context), note.commitment):
        raise CannotOpen("its commitment")
    head = raw[:HEAD]
    return unpad_json(open_sealed(note_key(secret, note.salt, head), ZERO_NONCE, head, note.ciphertext)), writer
