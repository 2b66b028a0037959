"""Writing: the bodies of requests to the server (PROTOCOL §5.3, §7.4–§7.6, §8.3)."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, ID, decode, encode
from messaging.protocol.peer import plaintext
from messaging.protocol.peer.desk import Desk, OpenDesk
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.errors import BadDates, BadOpening, BadSignature, OlderEpoch
from messaging.protocol.peer.keys import Counsellor, InboxKeys, Site
from messaging.protocol.peer.openings import open_as_desk, open_as_person
from messaging.protocol.peer.plaintext import Ack
from messaging.protocol.peer.primitives import Random, random_bytes, sign
from messaging.protocol.peer.tags import TagContext, persons_tag_keys
from messaging.protocol.peer.threads import Opened, Thread
from messaging.protocol.wire import Opening, origin_bytes

CHALLENGE = 56


def seal_first(site: Site, inbox: InboxKeys, desk: Desk, intake: Mapping[str, Any], random: Random = random_bytes) -> dict[str, str]:
    """A first message, §7.5, to which `sign_first` adds the proof; `intake` is {"route", "terms", "text"}, and `day` if they say it.

    Raises:
        TooLong, BadPlaintext.
    """
    padded = plaintext.write_plaintext({"type": "intake", **intake}, Ack(), FROM_PERSON, 1)
    secret, raw = open_as_person(site, inbox, random(ID), desk.statement)
    opening = Opening.parse(raw)
    place = EnvelopePlace(opening.conversation, FROM_PERSON, desk.epoch, opening.opening_hash)
    tag_keys = persons_tag_keys(TagContext(site, opening.conversation, desk.statement), inbox, desk.tag_publics)
    envelope = seal_envelope(site, secret, place, padded, None, tag_keys, random)
    return {
        "kem_public": encode(inbox.kem_public),
        "sign_public": encode(inbox.sign_public),
        "tag_public": encode(inbox.tag_public),
        "opening": encode(raw),
        "envelope": encode(envelope),
    }


def sign_first(site: Site, inbox: InboxKeys, first: Mapping[str, str], challenge: str) -> dict[str, str]:
    """The body of `POST messages`, §7.5. Raises Malformed for a challenge of another size."""
    opening_hash = Opening.parse(decode(first["opening"])).opening_hash
    signed = site.site + origin_bytes(site.origin) + decode(challenge, CHALLENGE) + inbox.inbox_id + opening_hash
    return {**first, "challenge": challenge, "proof": encode(sign(inbox.sign_seed, "first-message", signed))}


def sign_session(site: Site, inbox: InboxKeys, challenge: str) -> dict[str, str]:
    """The body of `POST sessions`, §7.4. Raises Malformed for a challenge of another size: what is signed has one layout."""
    signed = site.site + origin_bytes(site.origin) + decode(challenge, CHALLENGE) + inbox.inbox_id
    return {
        "inbox_id": encode(inbox.inbox_id),
        "challenge": challenge,
        "signature": encode(sign(inbox.sign_seed, "session", signed)),
    }


def seal_from_person(
    site: Site, inbox: InboxKeys, thread: Thread, text: str, random: Random = random_bytes, *, day: str | None = None
) -> dict[str, str | None]:
    """The body of `POST inbox/envelopes`, §7.6; `day` is the person's own word for today, YYYY-MM-DD.

    Raises:
        TooLong, BadPlaintext: the text; BadDates: no desk epoch of today holds.
        BadOpening: no opening of the person's is authentic; OlderEpoch: the desk's epoch is older than the thread.
    """
    desk = _ready(thread)
    said = {"type": "text", "text": text} | ({} if day is None else {"day": day})
    padded = plaintext.write_plaintext(said, thread.newest(FROM_DESK), FROM_PERSON, thread.chains[FROM_PERSON].next)
    stands = _standing(thread, desk)
    opened = stands or _opened(*open_as_person(site, inbox, thread.life, desk.statement))
    tag_keys = persons_tag_keys(TagContext(site, thread.answer.conversation, desk.statement), inbox, desk.tag_publics)
    return _body(site, thread, FROM_PERSON, opened, padded, tag_keys, random, new=stands is None)


def seal_from_desk(
    site: Site, open_desk: OpenDesk, thread: Thread, content: Mapping[str, Any], random: Random = random_bytes
) -> dict[str, str | None]:
    """The body of §8.3's `POST …/envelopes`; content is {"type": text, handover, closing or again, "text"}, with `since` for again.

    Raises:
        BadSignature: the counsellor's certificate does not cover the current epoch; and what seal_from_person raises.
    """
    desk = _ready(thread)
    if open_desk.certificate is None or not desk.statement.covered_by(open_desk.certificate):
        raise BadSignature("this certificate does not count in the current epoch")
    padded = plaintext.write_plaintext(content, thread.newest(FROM_PERSON), FROM_DESK, thread.chains[FROM_DESK].next)
    stands, keys = _standing(thread, desk), (thread.inbox_id, thread.answer.kem_public, thread.life)
    opened = stands or _opened(*open_as_desk(site, open_desk, *keys, desk.statement, random))
    writer = open_desk.counsellor, open_desk.certificate.certificate_id
    return _body(site, thread, FROM_DESK, opened, padded, writer, random, new=stands is None)


def _ready(thread: Thread) -> Desk:
    """The desk to seal to."""
    if thread.desk is None:
        raise BadDates("no desk epoch of today can be relied on")
    if not thread.life:
        raise BadOpening("a person writes first, and no opening of theirs is here")
    newest = max([chain.epoch for chain in thread.chains.values()] + [each.opening.epoch for each in thread.openings.values()])
    if thread.desk.epoch < newest:
        raise OlderEpoch("the desk's epoch is older than one in this thread")
    return thread.desk


def _standing(thread: Thread, desk: Desk) -> Opened | None:
    """The first opening of the current epoch that held."""
    return next((each for each in thread.openings.values() if each.opening.epoch == desk.epoch), None)


def _opened(secret: bytes, raw: bytes) -> Opened:
    return Opened(Opening.parse(raw), secret)


def _body(
    site: Site,
    thread: Thread,
    direction: int,
    opened: Opened,
    padded: bytes,
    by: tuple[Counsellor, bytes] | list[bytes | None],
    random: Random,
    *,
    new: bool,
) -> dict[str, str | None]:
    """The envelope under an opening, which goes with it when `new`; `by` is the counsellor who signs, or the person's keys for tags."""
    chain, opening = thread.chains[direction], opened.opening
    place = EnvelopePlace(thread.answer.conversation, direction, opening.epoch, opening.opening_hash, chain.next, chain.previous)
    writer, tag_keys = (by, []) if isinstance(by, tuple) else (None, by)
    envelope = seal_envelope(site, opened.secret, place, padded, writer, tag_keys, random)
    return {"opening": encode(opening.raw) if new else None, "envelope": encode(envelope)}
