"""Runs the vectors of writing: the parts of a body that chance does not decide (PROTOCOL §5.3)."""

from collections.abc import Callable, Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import (
    Message,
    OpenDesk,
    check_desk,
    read_as_desk,
    read_as_person,
    seal_first,
    seal_from_desk,
    seal_from_person,
)
from messaging.protocol.peer.keys import InboxKeys, Site, inbox_keys_of
from messaging.protocol.wire import Envelope, Opening
from tests.vectors.run_certificates import site_of

JSON = Mapping[str, Any]

# What chance gave the writer, in the order in which it is asked for.
DRAWN = ("life", "secret", "salt")


def drawn(given: JSON) -> Callable[[int], bytes]:
    """What the case says was drawn."""
    kept = [decode(given[name]) for name in DRAWN if given.get(name) is not None]

    def draw(size: int) -> bytes:
        found = kept.pop(0)
        assert len(found) == size
        return found

    return draw


def body_of(given: JSON, reader: InboxKeys | OpenDesk, random: Callable[[int], bytes]) -> Mapping[str, str | None]:
    """The body of a message more in a thread."""
    site, today, answer = site_of(given), given["today"], given["answer"]
    said = {name: value for name, value in given["content"].items() if value is not None}
    if isinstance(reader, OpenDesk):
        return seal_from_desk(site, reader, read_as_desk(site, reader, answer, today), said, random)
    thread = read_as_person(site, reader, answer, today)
    return seal_from_person(site, reader, thread, said["text"], random, day=said.get("day"))


def sealed(given: JSON, reader: InboxKeys | OpenDesk, content_of: Callable[[Any], JSON]) -> JSON:
    """A message more in a thread: under which opening, with which header, and what a reader finds in it."""
    body = body_of(given, reader, drawn(given))
    return _found(site_of(given), reader, body, given["answer"], given["today"], content_of)


def first_body_of(given: JSON, random: Callable[[int], bytes]) -> Mapping[str, str | None]:
    """The body of a first message."""
    site, inbox = site_of(given), inbox_keys_of(site_of(given), decode(given["inbox_secret"]))
    return seal_first(site, inbox, check_desk(site, given["answer"], given["today"]), given["content"], random)


def first(given: JSON, content_of: Callable[[Any], JSON]) -> JSON:
    """A first message, as `sealed`."""
    site, today = site_of(given), given["today"]
    inbox = inbox_keys_of(site, decode(given["inbox_secret"]))
    body = first_body_of(given, drawn(given))
    chain = {name: given["answer"][name] for name in ("statements", "confirmations", "certificates")}
    own = {name: body[name] for name in ("kem_public", "sign_public", "tag_public")}
    empty: JSON = {**chain, **own, "conversation": encode(Opening.parse(decode(body["opening"])).conversation)}
    return _found(site, inbox, body, {**empty, "openings": [], "envelopes": [], "days": []}, today, content_of)


def _found(
    site: Site, reader: InboxKeys | OpenDesk, body: Mapping[str, str | None], answer: JSON, today: int, content_of: Callable[[Any], JSON]
) -> JSON:
    opening, envelope = body["opening"], str(body["envelope"])
    openings = [*answer["openings"], *([opening] if opening else [])]
    arrived = {**answer, "openings": openings, "envelopes": [*answer["envelopes"], envelope], "days": [*answer["days"], "2026-11-24"]}
    read = read_as_desk(site, reader, arrived, today) if isinstance(reader, OpenDesk) else read_as_person(site, reader, arrived, today)
    last = [item for item in read.items if isinstance(item, Message)][-1]
    parsed = Envelope.parse(decode(envelope))
    assert (last.direction, last.sequence) == (parsed.direction, parsed.sequence)
    return {"opening": opening, "header": encode(parsed.header), "content": content_of(last.content)}
