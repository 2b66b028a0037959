"""Writing into a thread, and the bodies of requests to the server (PROTOCOL §5.3, §7.4, §7.5)."""

from typing import Any

from messaging.encoding import FROM_DESK, FROM_PERSON, encode
from messaging.peer import plaintext
from messaging.peer.envelopes import Place, first_place, seal_envelope
from messaging.peer.epochs import Desk, OpenDesk
from messaging.peer.errors import BadChain, BadDates, BadOpening, BadSignature, OlderEpoch
from messaging.peer.keys import InboxKeys, Site
from messaging.peer.openings import open_as_desk, open_as_person
from messaging.peer.plaintext import Ack
from messaging.peer.primitives import Random, random_bytes, sign
from messaging.peer.threads import Thread
from messaging.wire import Opening, origin_bytes


def seal_first(site: Site, inbox: InboxKeys, desk: Desk, intake: dict[str, Any], random: Random = random_bytes) -> dict[str, str]:
    """The body of `POST messages`, §7.5; `intake` has route, terms and text. Raises TooLong, BadPlaintext."""
    conversation = random(16)
    secret, opening = open_as_person(site, inbox, conversation, desk.statement, None)
    place = first_place(conversation, FROM_PERSON, desk.epoch, Opening.parse(opening).opening_hash)
    envelope = seal_envelope(site, secret, place, plaintext.write({"type": "intake", **intake}, Ack()), None, random)
    signed = site.site + origin_bytes(site.origin) + inbox.kem_public + inbox.sign_public + opening + envelope
    return {
        "kem_public": encode(inbox.kem_public),
        "sign_public": encode(inbox.sign_public),
        "opening": encode(opening),
        "envelope": encode(envelope),
        "proof": encode(sign(inbox.sign_seed, "first-message", signed)),
    }


def sign_session(site: Site, inbox: InboxKeys, challenge: bytes) -> dict[str, str]:
    """The body of `POST sessions`, §7.4."""
    signed = site.site + origin_bytes(site.origin) + challenge + inbox.inbox_id
    return {
        "inbox_id": encode(inbox.inbox_id),
        "challenge": encode(challenge),
        "signature": encode(sign(inbox.sign_seed, "session", signed)),
    }


def seal_from_person(site: Site, inbox: InboxKeys, thread: Thread, text: str, random: Random = random_bytes) -> dict[str, str | None]:
    """The body of `POST inbox/envelopes`. Raises TooLong, BadPlaintext, BadDates, BadChain, BadOpening, OlderEpoch."""
    desk, before = _ready(thread, FROM_PERSON)
    opening = None
    secret = thread.secrets.get(desk.epoch)
    if secret is None:
        secret, opening = open_as_person(site, inbox, thread.answer.conversation, desk.statement, before)
    padded = plaintext.write({"type": "text", "text": text}, thread.newest(FROM_DESK))
    return _body(site, thread, FROM_PERSON, desk, secret, opening, padded, None, random)


def seal_from_desk(
    site: Site, open_desk: OpenDesk, thread: Thread, content: dict[str, str], random: Random = random_bytes
) -> dict[str, str | None]:
    """The body of §8.3's `POST …/envelopes`; content is {type: text, handover or closing, text}.

    Raises:
        BadSignature: the counsellor's certificate does not cover the current epoch; and what seal_from_person raises.
    """
    desk, before = _ready(thread, FROM_DESK)
    if not desk.statement.covered_by(open_desk.certificate):
        raise BadSignature("this certificate does not count in the current epoch")
    opening = None
    secret = thread.secrets.get(desk.epoch)
    if secret is None:
        if before is None:
            raise BadOpening("a person writes first")
        answer = thread.answer
        secret, opening = open_as_desk(
            site, open_desk, answer.inbox_id, answer.kem_public, answer.conversation, desk.statement, before, random
        )
    padded = plaintext.write(content, thread.newest(FROM_PERSON))
    writer = open_desk.counsellor, open_desk.certificate.certificate_id
    return _body(site, thread, FROM_DESK, desk, secret, opening, padded, writer, random)


def _ready(thread: Thread, direction: int) -> tuple[Desk, tuple[int, bytes] | None]:
    """The desk to seal to, and the newest earlier opening's epoch and secret."""
    if thread.desk is None:
        raise BadDates("no desk epoch of today can be relied on")
    newest = max(chain.epoch for chain in thread.chains.values())
    if thread.desk.epoch < max(newest, *thread.openings, 0):
        raise OlderEpoch("the desk's epoch is older than one in this thread")
    if thread.chains[direction].stopped:
        raise BadChain("this direction of the thread cannot be read to its end")
    if len(thread.openings) != len(thread.answer.openings):
        raise BadOpening("an opening of this thread fails")
    earlier = [epoch for epoch in thread.secrets if epoch < thread.desk.epoch]
    return thread.desk, ((max(earlier), thread.secrets[max(earlier)]) if earlier else None)


def _body(
    site: Site, thread: Thread, direction: int, desk: Desk, secret: bytes, opening: bytes | None, padded: bytes, writer: Any, random: Random
) -> dict[str, str | None]:
    stands = thread.openings[desk.epoch] if opening is None else Opening.parse(opening)
    chain = thread.chains[direction]
    place = Place(thread.answer.conversation, direction, desk.epoch, stands.opening_hash, chain.accepted + 1, chain.previous)
    envelope = seal_envelope(site, secret, place, padded, writer, random)
    return {"opening": encode(opening) if opening else None, "envelope": encode(envelope)}
