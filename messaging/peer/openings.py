"""A conversation's secret in an epoch, and the opening that carries it (PROTOCOL §3)."""

from hmac import compare_digest

from messaging.encoding import FROM_DESK, FROM_PERSON, HASH, ID, SIGNATURE, WRAPPED, label, u32
from messaging.peer.epochs import OpenDesk
from messaging.peer.errors import BadOpening, CannotOpen
from messaging.peer.keys import InboxKeys, Site
from messaging.peer.primitives import Random, kdf, mac, random_bytes, sign, unwrap, wrap
from messaging.wire import Certificate, Opening, Statement

SIGNED_UNTIL_CONTINUITY = 2410


def person_secret(site: Site, inbox: InboxKeys, conversation: bytes, epoch: int) -> bytes:
    """The person's K, §3.1."""
    return kdf(inbox.secret, b"", "conversation", site.site + conversation + u32(epoch))


def _info(site: Site, inbox_id: bytes, conversation: bytes, epoch: int, role: int) -> bytes:
    return label("opening") + site.site + inbox_id + conversation + u32(epoch) + bytes([role])


def _commitment(site: Site, secret: bytes, conversation: bytes, epoch: int) -> bytes:
    return kdf(secret, b"", "commit", site.site + conversation + u32(epoch))


def _continuity(site: Site, earlier_secret: bytes, raw: bytes, conversation: bytes, earlier: int, epoch: int) -> bytes:
    key = kdf(earlier_secret, b"", "continuity", site.site + conversation + u32(earlier) + u32(epoch))
    return mac(key, raw[:SIGNED_UNTIL_CONTINUITY])


def _make(
    site: Site,
    direction: int,
    inbox_id: bytes,
    conversation: bytes,
    statement: Statement,
    secret: bytes,
    to_person: bytes,
    before: tuple[int, bytes] | None,
) -> bytes:
    """Everything but certificate id and signature."""
    epoch, (earlier, earlier_secret) = statement.number, before or (0, b"")
    raw = bytes([1, direction]) + inbox_id + conversation + u32(epoch) + u32(earlier) + _commitment(site, secret, conversation, epoch)
    raw += wrap(statement.kem_public, _info(site, inbox_id, conversation, epoch, FROM_PERSON), secret) + to_person
    return raw + (_continuity(site, earlier_secret, raw, conversation, earlier, epoch) if before else bytes(HASH))


def open_as_person(
    site: Site, inbox: InboxKeys, conversation: bytes, statement: Statement, before: tuple[int, bytes] | None
) -> tuple[bytes, bytes]:
    """A person's opening in an epoch: (K, opening); `before` is the earlier opening's epoch and K."""
    secret = person_secret(site, inbox, conversation, statement.number)
    raw = _make(site, FROM_PERSON, inbox.inbox_id, conversation, statement, secret, bytes(WRAPPED), before)
    return secret, raw + bytes(ID + SIGNATURE)


def open_as_desk(
    site: Site,
    desk: OpenDesk,
    inbox_id: bytes,
    inbox_kem: bytes,
    conversation: bytes,
    statement: Statement,
    before: tuple[int, bytes],
    random: Random = random_bytes,
) -> tuple[bytes, bytes]:
    """A counsellor's opening in a later epoch: (K, opening)."""
    secret = random(32)
    to_person = wrap(inbox_kem, _info(site, inbox_id, conversation, statement.number, FROM_DESK), secret)
    raw = _make(site, FROM_DESK, inbox_id, conversation, statement, secret, to_person, before) + desk.certificate.certificate_id
    return secret, raw + sign(desk.counsellor.sign_seed, "opening", site.site + raw)


def read_opening(
    site: Site,
    reader: InboxKeys | OpenDesk,
    inbox_id: bytes,
    conversation: bytes,
    opening: Opening,
    statement: Statement,
    certificates: dict[bytes, Certificate],
    before: tuple[int, bytes] | None,
) -> bytes:
    """K, after every check of §3.3; `before` is the earlier opening's epoch and K. Raises BadOpening."""
    if (opening.inbox_id, opening.conversation, opening.epoch) != (inbox_id, conversation, statement.number):
        raise BadOpening("of another inbox, conversation or epoch")
    if opening.earlier != (before[0] if before else 0):
        raise BadOpening("it does not continue the opening before it")
    if opening.direction == FROM_DESK:
        writer = certificates.get(opening.certificate_id)
        if writer is None or not statement.covered_by(writer) or not opening.signed_by(site.site, writer):
            raise BadOpening("its certificate or signature")
    try:
        secret = _secret(site, reader, opening)
    except CannotOpen as error:
        raise BadOpening("its secret cannot be unwrapped") from error
    if not compare_digest(_commitment(site, secret, conversation, opening.epoch), opening.commitment):
        raise BadOpening("its commitment")
    if before and not compare_digest(_continuity(site, before[1], opening.raw, conversation, before[0], opening.epoch), opening.continuity):
        raise BadOpening("its continuity")
    return secret


def _secret(site: Site, reader: InboxKeys | OpenDesk, opening: Opening) -> bytes:
    """K as this reader gets it; raises CannotOpen."""
    if isinstance(reader, OpenDesk):
        if opening.epoch not in reader.seeds:
            raise CannotOpen("this epoch was not granted")
        info = _info(site, opening.inbox_id, opening.conversation, opening.epoch, FROM_PERSON)
        return unwrap(reader.seeds[opening.epoch], info, opening.to_desk)
    if opening.direction == FROM_PERSON:
        return person_secret(site, reader, opening.conversation, opening.epoch)
    info = _info(site, opening.inbox_id, opening.conversation, opening.epoch, FROM_DESK)
    return unwrap(reader.kem_seed, info, opening.to_person)
