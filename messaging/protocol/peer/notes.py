"""Notes between counsellors, and saved replies (PROTOCOL §6)."""

from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

from messaging.protocol.encoding import VERSION, hashed, label, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.errors import BadChain, BadSignature, CannotOpen
from messaging.protocol.peer.keys import Counsellor, Site
from messaging.protocol.peer.note_texts import NoteText, read_note_text
from messaging.protocol.peer.padding import pad_json, unpad_json
from messaging.protocol.peer.primitives import ZERO_NONCE, Random, kdf, open_sealed, random_bytes, seal, sign
from messaging.protocol.wire import Certificate, Note, Statement

# Everything before the ciphertext.
HEAD = 1239


def _context(site: Site, kind: int, subject: bytes, epoch: int) -> bytes:
    return site.site + bytes([kind]) + subject + u32(epoch)


def note_commitment(site: Site, secret: bytes, kind: int, subject: bytes, statement: Statement) -> bytes:
    """To K, in its epoch, under its very statement."""
    return kdf(secret, b"", "note-commit", _context(site, kind, subject, statement.number) + statement.statement_hash)


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
    return seal_content(site, writer, certificate, statement, content.kind, subject, content.json(), random)


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
    head = VERSION + bytes([1, kind]) + subject + u32(statement.number) + salt + note_commitment(site, secret, kind, subject, statement)
    head += primitives.wrap(statement.kem_public, label("note-key") + context, secret)
    body = head + seal(note_key(secret, salt, head), ZERO_NONCE, head, pad_json(content)) + certificate.certificate_id
    return body + sign(writer.sign_seed, "note", site.site + body)


def check_note(
    site: Site, statement: Statement, certificates: Mapping[bytes, Certificate], kind: int, subject: bytes, raw: bytes
) -> tuple[Note, Certificate]:
    """The note and the certificate of its author, as far as a reader who cannot open it can tell; `statement` is of its own epoch.

    Raises:
        Malformed, BadChain, BadSignature.
    """
    note = Note.parse(raw)
    if (note.kind, note.subject, note.epoch) != (kind, subject, statement.number):
        raise BadChain("a note about something else")
    author = certificates.get(note.certificate_id)
    if author is None or not statement.covered_by(author) or not note.signed_by(site.site, author):
        raise BadSignature("not signed by somebody on the epoch's roster")
    return note, author


def secret_of_note(site: Site, epoch_seed: bytes, statement: Statement, note: Note) -> bytes:
    """K, by the seed of the note's own epoch. Raises CannotOpen."""
    secret = primitives.unwrap(epoch_seed, label("note-key") + _context(site, note.kind, note.subject, note.epoch), note.to_desk)
    demand_commitment(site, secret, statement, note)
    return secret


def demand_commitment(site: Site, secret: bytes, statement: Statement, note: Note) -> None:
    """Raises CannotOpen unless it is the K that the author committed to."""
    if not compare_digest(note_commitment(site, secret, note.kind, note.subject, statement), note.commitment):
        raise CannotOpen("it gives another secret than its author committed to")


def content_of_note(secret: bytes, note: Note) -> dict[str, Any]:
    """The JSON inside, whatever its keys. Raises CannotOpen, BadPlaintext."""
    head = note.raw[:HEAD]
    return unpad_json(open_sealed(note_key(secret, note.salt, head), ZERO_NONCE, head, note.ciphertext))


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
    return read_note_text(kind, content), writer.display_name


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
    note, writer = check_note(site, statement, certificates, kind, subject, raw)
    return content_of_note(secret_of_note(site, epoch_seed, statement, note), note), writer
