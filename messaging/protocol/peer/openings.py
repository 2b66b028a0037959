"""A conversation's secret in an epoch, and the opening that carries it (PROTOCOL §3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, ID, VERSION, WRAPPED, label, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.desk import OpenDesk
from messaging.protocol.peer.errors import BadOpening, BadSignature, CannotOpen, Malformed
from messaging.protocol.peer.keys import InboxKeys, Site
from messaging.protocol.peer.primitives import Random, kdf, random_bytes, sign
from messaging.protocol.wire import Certificate, Opening, Statement, conversation_of


@dataclass(frozen=True)
class Life:
    """Which conversation of which inbox: with the inbox's public keys, which the inbox id vouches for."""

    inbox_id: bytes
    kem_public: bytes
    sign_public: bytes
    conversation: bytes


def _epoch_context(site: Site, conversation: bytes, statement: Statement) -> bytes:
    """To the statement and not the number alone: no other statement of the same number can take its place."""
    return site.site + conversation + u32(statement.number) + statement.statement_hash


def person_secret(site: Site, inbox: InboxKeys, conversation: bytes, statement: Statement) -> bytes:
    """The person's K, §3.1."""
    return kdf(inbox.secret, b"", "conversation", _epoch_context(site, conversation, statement))


def wrap_info(site: Site, inbox_id: bytes, conversation: bytes, epoch: int, role: int) -> bytes:
    """What a wrap of K is bound to; `role` is who it is for: 1 the desk, 2 the person."""
    return label("opening") + site.site + inbox_id + conversation + u32(epoch) + bytes([role])


def opening_commitment(site: Site, secret: bytes, conversation: bytes, statement: Statement) -> bytes:
    """To K, in its epoch."""
    return kdf(secret, b"", "commit", _epoch_context(site, conversation, statement))


def unsigned_opening(
    site: Site, direction: int, inbox_id: bytes, life: bytes, statement: Statement, secret: bytes, to_person: bytes
) -> bytes:
    """Everything but certificate id and signature."""
    epoch, conversation = statement.number, conversation_of(inbox_id, life)
    raw = VERSION + bytes([direction]) + inbox_id + life + u32(epoch) + statement.statement_hash
    raw += opening_commitment(site, secret, conversation, statement)
    return raw + primitives.wrap(statement.kem_public, wrap_info(site, inbox_id, conversation, epoch, FROM_PERSON), secret) + to_person


def open_as_person(site: Site, inbox: InboxKeys, life: bytes, statement: Statement) -> tuple[bytes, bytes]:
    """A person's opening in an epoch: (K, opening)."""
    secret = person_secret(site, inbox, conversation_of(inbox.inbox_id, life), statement)
    raw = unsigned_opening(site, FROM_PERSON, inbox.inbox_id, life, statement, secret, bytes(WRAPPED)) + bytes(ID)
    return secret, raw + sign(inbox.sign_seed, "opening-person", site.site + raw)


def open_as_desk(
    site: Site, desk: OpenDesk, inbox_id: bytes, inbox_kem: bytes, life: bytes, statement: Statement, random: Random = random_bytes
) -> tuple[bytes, bytes]:
    """A counsellor's opening in a later epoch: (K, opening).

    Raises:
        BadSignature: the counsellor has no certificate; BadOpening: the inbox's key is none.
    """
    if desk.certificate is None:
        raise BadSignature("no certificate")
    secret = random(32)
    info = wrap_info(site, inbox_id, conversation_of(inbox_id, life), statement.number, FROM_DESK)
    try:
        to_person = primitives.wrap(inbox_kem, info, secret)
    except Malformed as error:
        raise BadOpening("nothing can be wrapped to the inbox's key") from error
    raw = unsigned_opening(site, FROM_DESK, inbox_id, life, statement, secret, to_person) + desk.certificate.certificate_id
    return secret, raw + sign(desk.counsellor.sign_seed, "opening-desk", site.site + raw)


def demand_authentic(site: Site, opening: Opening, where: Life, statement: Statement, certificates: Mapping[bytes, Certificate]) -> None:
    """Raises BadOpening unless it is of this conversation and epoch, and signed by the person or by someone on the epoch's roster."""
    if (opening.inbox_id, opening.conversation, opening.epoch) != (where.inbox_id, where.conversation, statement.number):
        raise BadOpening("of another inbox, conversation or epoch")
    if opening.statement_hash != statement.statement_hash:
        raise BadOpening("under another statement")
    key: bytes | None = where.sign_public
    if opening.direction == FROM_DESK:
        writer = certificates.get(opening.certificate_id)
        key = writer.sign_public if writer is not None and statement.covered_by(writer) else None
    if key is None or not opening.signed_by(site.site, key):
        raise BadOpening("its certificate or signature")


def secret_of_opening(site: Site, reader: InboxKeys | bytes | None, opening: Opening, where: Life, statement: Statement) -> bytes:
    """K of an authentic opening; `reader` is the person's keys, or for the desk the epoch's seed, None when it was not granted.

    Raises:
        BadOpening: it cannot be unwrapped, its commitment is of something else, or a wrap is not what K gives.
    """
    try:
        secret = _unwrapped(site, reader, opening, statement)
    except CannotOpen as error:
        raise BadOpening("its secret cannot be unwrapped") from error
    if not compare_digest(opening_commitment(site, secret, opening.conversation, statement), opening.commitment):
        raise BadOpening("its commitment")
    if not _wraps_hold(site, opening, where.kem_public, statement, secret):
        raise BadOpening("a wrap that is not what its secret gives: the other side could not open it, or not to the same")
    return secret


def _wraps_hold(site: Site, opening: Opening, inbox_kem: bytes, statement: Statement, secret: bytes) -> bool:
    """Whether both sides' wraps are those that K gives.

    A reader with K makes them again, so no counsellor can give one side a K that the other cannot read.
    """
    to = {FROM_PERSON: (opening.to_desk, statement.kem_public), FROM_DESK: (opening.to_person, inbox_kem)}
    roles = (FROM_PERSON,) if opening.direction == FROM_PERSON else (FROM_PERSON, FROM_DESK)
    infos = {role: wrap_info(site, opening.inbox_id, opening.conversation, opening.epoch, role) for role in roles}
    return all(primitives.is_wrap(*to[role], infos[role], secret) for role in roles)


def _unwrapped(site: Site, reader: InboxKeys | bytes | None, opening: Opening, statement: Statement) -> bytes:
    """K as this reader gets it; raises CannotOpen."""
    if reader is None:
        raise CannotOpen("this epoch was not granted")
    if isinstance(reader, bytes):
        info = wrap_info(site, opening.inbox_id, opening.conversation, opening.epoch, FROM_PERSON)
        return primitives.unwrap(reader, info, opening.to_desk)
    if opening.direction == FROM_PERSON:
        return person_secret(site, reader, opening.conversation, statement)
    info = wrap_info(site, opening.inbox_id, opening.conversation, opening.epoch, FROM_DESK)
    return primitives.unwrap(reader.kem_seed, info, opening.to_person)
