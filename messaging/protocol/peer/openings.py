"""A conversation's secret in an epoch, and the opening that carries it (PROTOCOL §3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, HASH, ID, SIGNATURE, WRAPPED, label, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.desk import OpenDesk
from messaging.protocol.peer.errors import BadOpening, BadSignature, CannotOpen, Malformed
from messaging.protocol.peer.keys import InboxKeys, Site
from messaging.protocol.peer.primitives import Random, kdf, mac, random_bytes, sign
from messaging.protocol.wire import Certificate, Opening, Statement

# Continuity covers everything before itself; offset of §3.2.
CONTINUITY = 2410


@dataclass(frozen=True)
class EarlierOpening:
    """The opening before: its epoch, and its K."""

    epoch: int
    secret: bytes


def person_secret(site: Site, inbox: InboxKeys, conversation: bytes, epoch: int) -> bytes:
    """The person's K, §3.1."""
    return kdf(inbox.secret, b"", "conversation", site.site + conversation + u32(epoch))


def _info(site: Site, inbox_id: bytes, conversation: bytes, epoch: int, role: int) -> bytes:
    return label("opening") + site.site + inbox_id + conversation + u32(epoch) + bytes([role])


def opening_commitment(site: Site, secret: bytes, conversation: bytes, statement: Statement) -> bytes:
    """To K, and to the statement of the epoch: so that no other statement of the same number can take its place."""
    return kdf(secret, b"", "commit", site.site + conversation + u32(statement.number) + statement.statement_hash)


def continuity_key(site: Site, earlier: EarlierOpening, conversation: bytes, epoch: int) -> bytes:
    return kdf(earlier.secret, b"", "continuity", site.site + conversation + u32(earlier.epoch) + u32(epoch))


def _unsigned(
    site: Site,
    direction: int,
    ids: tuple[bytes, bytes],
    statement: Statement,
    secret: bytes,
    to_person: bytes,
    earlier: EarlierOpening | None,
) -> bytes:
    """Everything but certificate id and signature; `ids` are inbox_id and conversation."""
    inbox_id, conversation = ids
    epoch = statement.number
    raw = bytes([1, direction]) + inbox_id + conversation + u32(epoch) + u32(earlier.epoch if earlier else 0)
    raw += opening_commitment(site, secret, conversation, statement)
    raw += primitives.wrap(statement.kem_public, _info(site, inbox_id, conversation, epoch, FROM_PERSON), secret) + to_person
    return raw + (mac(continuity_key(site, earlier, conversation, epoch), raw) if earlier else bytes(HASH))


def open_as_person(
    site: Site, inbox: InboxKeys, conversation: bytes, statement: Statement, earlier: EarlierOpening | None
) -> tuple[bytes, bytes]:
    """A person's opening in an epoch: (K, opening)."""
    secret = person_secret(site, inbox, conversation, statement.number)
    raw = _unsigned(site, FROM_PERSON, (inbox.inbox_id, conversation), statement, secret, bytes(WRAPPED), earlier)
    return secret, raw + bytes(ID + SIGNATURE)


def open_as_desk(
    site: Site,
    desk: OpenDesk,
    inbox_id: bytes,
    inbox_kem: bytes,
    conversation: bytes,
    statement: Statement,
    earlier: EarlierOpening,
    random: Random = random_bytes,
) -> tuple[bytes, bytes]:
    """A counsellor's opening in a later epoch: (K, opening).

    Raises:
        BadSignature: the counsellor has no certificate; BadOpening: the inbox's key is none.
    """
    if desk.certificate is None:
        raise BadSignature("no certificate")
    secret = random(32)
    try:
        to_person = primitives.wrap(inbox_kem, _info(site, inbox_id, conversation, statement.number, FROM_DESK), secret)
    except Malformed as error:
        raise BadOpening("nothing can be wrapped to the inbox's key") from error
    raw = _unsigned(site, FROM_DESK, (inbox_id, conversation), statement, secret, to_person, earlier) + desk.certificate.certificate_id
    return secret, raw + sign(desk.counsellor.sign_seed, "opening", site.site + raw)


def read_opening(
    site: Site,
    reader: InboxKeys | bytes | None,
    inbox_id: bytes,
    inbox_kem: bytes,
    conversation: bytes,
    opening: Opening,
    statement: Statement,
    certificates: Mapping[bytes, Certificate],
    earlier: EarlierOpening | None,
) -> bytes:
    """K, after every check of §3.3; `reader` is the person's keys, or for the desk the epoch's seed, None when it was not granted.

    Raises:
        BadOpening: whatever fails.
    """
    if (opening.inbox_id, opening.conversation, opening.epoch) != (inbox_id, conversation, statement.number):
        raise BadOpening("of another inbox, conversation or epoch")
    if opening.earlier != (earlier.epoch if earlier else 0):
        raise BadOpening("it does not continue the opening before it")
    if opening.direction == FROM_DESK:
        writer = certificates.get(opening.certificate_id)
        if writer is None or not statement.covered_by(writer) or not opening.signed_by(site.site, writer):
            raise BadOpening("its certificate or signature")
    try:
        secret = _secret(site, reader, opening)
    except CannotOpen as error:
        raise BadOpening("its secret cannot be unwrapped") from error
    if not compare_digest(opening_commitment(site, secret, conversation, statement), opening.commitment):
        raise BadOpening("its commitment")
    if not _wraps_hold(site, opening, inbox_kem, statement, secret):
        raise BadOpening("a wrap that is not what its secret gives: the other side could not open it, or not to the same")
    if earlier:
        holds = mac(continuity_key(site, earlier, conversation, opening.epoch), opening.raw[:CONTINUITY])
        if not compare_digest(holds, opening.continuity):
            raise BadOpening("its continuity")
    return secret


def _wraps_hold(site: Site, opening: Opening, inbox_kem: bytes, statement: Statement, secret: bytes) -> bool:
    """Whether both sides' wraps are those that K gives.

    Whoever has K makes them again: so nobody can wrap one K to one side and another to the other.
    """
    to = {FROM_PERSON: (opening.to_desk, statement.kem_public), FROM_DESK: (opening.to_person, inbox_kem)}
    roles = (FROM_PERSON,) if opening.direction == FROM_PERSON else (FROM_PERSON, FROM_DESK)
    infos = {role: _info(site, opening.inbox_id, opening.conversation, opening.epoch, role) for role in roles}
    return all(primitives.is_wrap(*to[role], infos[role], secret) for role in roles)


def _secret(site: Site, reader: InboxKeys | bytes | None, opening: Opening) -> bytes:
    """K as this reader gets it; raises CannotOpen."""
    if reader is None:
        raise CannotOpen("this epoch was not granted")
    if isinstance(reader, bytes):
        info = _info(site, opening.inbox_id, opening.conversation, opening.epoch, FROM_PERSON)
        return primitives.unwrap(reader, info, opening.to_desk)
    if opening.direction == FROM_PERSON:
        return person_secret(site, reader, opening.conversation, opening.epoch)
    info = _info(site, opening.inbox_id, opening.conversation, opening.epoch, FROM_DESK)
    return primitives.unwrap(reader.kem_seed, info, opening.to_person)
