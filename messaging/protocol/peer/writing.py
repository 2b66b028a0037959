"""Writing: the bodies of requests to the server (PROTOCOL §5.3, §7.4–§7.6, §8.3)."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, decode, encode
from messaging.protocol.peer import plaintext
from messaging.protocol.peer.desk import Desk, OpenDesk
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.errors import BadChain, BadDates, BadOpening, BadSignature, OlderEpoch
from messaging.protocol.peer.keys import Counsellor, InboxKeys, Site
from messaging.protocol.peer.openings import EarlierOpening, open_as_desk, open_as_person
from messaging.protocol.peer.plaintext import Ack
from messaging.protocol.peer.primitives import Random, random_bytes, sign
from messaging.protocol.peer.threads import Thread
from messaging.protocol.wire import Opening, origin_bytes

CHALLENGE = 56


def seal_first(site: Site, inbox: InboxKeys, desk: Desk, intake: Mapping[str, Any], random: Random = random_bytes) -> dict[str, str]:
    """The body of `POST messages`, §7.5; `intake` is {"route", "terms", "text"}. Raises TooLong, BadPlaintext."""
    padded = plaintext.write_plaintext({"type": "intake", **intake}, Ack(), FROM_PERSON, 1)
    conversation = random(16)
    secret, opening = open_as_person(site, inbox, conversation, desk.statement, None)
    place = EnvelopePlace(conversation, FROM_PERSON, desk.epoch, Opening.parse(opening).opening_hash)
    envelope = seal_envelope(site, secret, place, padded, None, random)
    signed = site.site + origin_bytes(site.origin) + inbox.kem_public + inbox.sign_public + opening + envelope
    return {
        "kem_public": encode(inbox.kem_public),
        "sign_public": encode(inbox.sign_public),
        "opening": encode(opening),
        "envelope": encode(envelope),
        "proof": encode(sign(inbox.sign_seed, "first-message", signed)),
    }


def sign_session(site: Site, inbox: InboxKeys, challenge: str) -> dict[str, str]:
    """The body of `POST sessions`, §7.4. Raises Malformed for a challenge of another size: what is signed has one layout."""
    signed = site.site + origin_bytes(site.origin) + decode(challenge, CHALLENGE) + inbox.inbox_id
    return {
        "inbox_id": encode(inbox.inbox_id),
        "challenge": challenge,
        "signature": encode(sign(inbox.sign_seed, "session", signed)),
    }


def seal_from_person(site: Site, inbox: InboxKeys, thread: Thread, text: str, random: Random = random_bytes) -> dict[str, str | None]:
    """The body of `POST inbox/envelopes`, §7.6.

    Raises:
        TooLong, BadPlaintext: the text; BadDates: no desk epoch of today holds.
        BadChain, BadOpening, OlderEpoch: this thread cannot be written on.
    """
    desk, earlier = _ready(thread, FROM_PERSON)
    padded = plaintext.write_plaintext(
        {"type": "text", "text": text}, thread.newest(FROM_DESK), FROM_PERSON, thread.chains[FROM_PERSON].accepted + 1
    )
    secret, opening = thread.secrets.get(desk.epoch), None
    if secret is None:
        secret, opening = open_as_person(site, inbox, thread.answer.conversation, desk.statement, earlier)
    return _body(site, thread, FROM_PERSON, desk, secret, opening, padded, None, random)


def seal_from_desk(
    site: Site, open_desk: OpenDesk, thread: Thread, content: Mapping[str, str], random: Random = random_bytes
) -> dict[str, str | None]:
    """The body of §8.3's `POST …/envelopes`; content is {"type": text, handover or closing, "text"}.

    Raises:
        BadSignature: the counsellor's certificate does not cover the current epoch; and what seal_from_person raises.
    """
    desk, earlier = _ready(thread, FROM_DESK)
    if open_desk.certificate is None or not desk.statement.covered_by(open_desk.certificate):
        raise BadSignature("this certificate does not count in the current epoch")
    padded = plaintext.write_plaintext(content, thread.newest(FROM_PERSON), FROM_DESK, thread.chains[FROM_DESK].accepted + 1)
    secret, opening = thread.secrets.get(desk.epoch), None
    if secret is None:
        if earlier is None:
            raise BadOpening("a person writes first")
        keys = thread.inbox_id, thread.answer.kem_public, thread.answer.conversation
        secret, opening = open_as_desk(site, open_desk, *keys, desk.statement, earlier, random)
    writer = open_desk.counsellor, open_desk.certificate.certificate_id
    return _body(site, thread, FROM_DESK, desk, secret, opening, padded, writer, random)


def _ready(thread: Thread, direction: int) -> tuple[Desk, EarlierOpening | None]:
    """The desk to seal to, and the newest opening in an earlier epoch."""
    if thread.desk is None:
        raise BadDates("no desk epoch of today can be relied on")
    if len(thread.openings) != len(thread.answer.openings):
        raise BadOpening("an opening of this thread does not hold")
    if thread.chains[direction].stopped:
        raise BadChain("this direction of the thread cannot be read to its end")
    newest = max(thread.openings, default=0)
    if thread.desk.epoch < newest:
        raise OlderEpoch("the desk's epoch is older than one in this thread")
    before = max((epoch for epoch in thread.openings if epoch < thread.desk.epoch), default=0)
    return thread.desk, EarlierOpening(before, thread.secrets[before]) if before else None


def _body(
    site: Site,
    thread: Thread,
    direction: int,
    desk: Desk,
    secret: bytes,
    opening: bytes | None,
    padded: bytes,
    writer: tuple[Counsellor, bytes] | None,
    random: Random,
) -> dict[str, str | None]:
    stands = thread.openings[desk.epoch] if opening is None else Opening.parse(opening)
    chain = thread.chains[direction]
    place = EnvelopePlace(thread.answer.conversation, direction, desk.epoch, stands.opening_hash, chain.accepted + 1, chain.previous)
    envelope = seal_envelope(site, secret, place, padded, writer, random)
    return {"opening": None if opening is None else encode(opening), "envelope": encode(envelope)}
