"""Cases of the signatures that a person's browser gives the server."""

from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import check_desk, seal_first, sign_first, sign_session
from messaging.protocol.peer.primitives import sign
from messaging.protocol.wire import origin_bytes
from tests.vectors.making.stage import Case, Cast, Stream, flip


def sessions(cast: Cast) -> Iterator[Case]:
    site, inbox = cast.desk.site, cast.inbox
    challenge = encode(Stream("challenge")(56))
    person = {"words": " ".join(cast.words), "inbox_secret": encode(inbox.secret)}
    yield Case("session", "7.4", "session", "What a browser answers to a challenge.", {**cast.where(), **person, "challenge": challenge})
    short = {**cast.where(), **person, "challenge": encode(bytes(55))}
    yield Case("session-short-challenge", "7.4", "session", "A challenge of another size is not signed.", short, "Malformed")
    body: dict[str, Any] = sign_session(site, inbox, challenge)
    good = {**cast.where(), "sign_public": encode(inbox.sign_public), "body": body}
    signed = site.site + origin_bytes(site.origin) + decode(challenge) + inbox.inbox_id
    elsewhere = sign(
        inbox.sign_seed, "session", site.site + origin_bytes("https://helpline.example.org") + decode(challenge) + inbox.inbox_id
    )
    changed: dict[str, tuple[dict[str, Any], str]] = {
        "": ({}, "It holds."),
        "-other-challenge": ({"body": {**body, "challenge": encode(Stream("challenge-2")(56))}}, "The challenge is another."),
        "-other-inbox": ({"body": {**body, "inbox_id": encode(flip(inbox.inbox_id, 0))}}, "The inbox is another."),
        "-other-origin": ({"body": {**body, "signature": encode(elsewhere)}}, "Signed for another origin."),
        "-other-site": (cast.where(cast.stranger_desk), "Another organisation."),
        "-other-label": (
            {"body": {**body, "signature": encode(sign(inbox.sign_seed, "first-message", signed))}},
            "Signed for another use.",
        ),
        "-other-key": ({"sign_public": encode(cast.other_inbox.sign_public)}, "Another inbox's key."),
        "-no-point": ({"sign_public": encode(b"\xff" * 32)}, "A public key that is no point."),
    }
    for name, (change, about) in changed.items():
        yield Case(f"session-proof{name}", "7.4", "session-proof", about, {**good, **change})


def first_messages(cast: Cast) -> Iterator[Case]:
    desk = check_desk(cast.desk.site, cast.desk.desk_answer(), cast.desk.today)
    intake = {"route": "self", "terms": 1, "text": "Hello"}
    challenge, site = encode(Stream("first-challenge")(56)), cast.desk.site
    body: dict[str, Any] = sign_first(site, cast.inbox, seal_first(site, cast.inbox, desk, intake, Stream("first-message")), challenge)
    other: dict[str, Any] = sign_first(site, cast.inbox, seal_first(site, cast.inbox, desk, intake, Stream("first-message-2")), challenge)
    session: dict[str, Any] = sign_session(site, cast.inbox, challenge)
    first = {"kem_public", "sign_public", "tag_public", "opening", "envelope"}
    person = {"words": " ".join(cast.words), "inbox_secret": encode(cast.inbox.secret)}
    given = {**cast.where(), **person, "first": {name: body[name] for name in sorted(first)}, "challenge": challenge}
    yield Case("first-message", "7.5", "first-message", "What a browser signs before it sends.", given)
    yield Case(
        "first-message-short-challenge",
        "7.5",
        "first-message",
        "A challenge of another size is not signed.",
        {**given, "challenge": encode(bytes(55))},
        "Malformed",
    )
    good = {**cast.where(), "body": body}
    keys = {name: encode(getattr(cast.other_inbox, name)) for name in ("kem_public", "sign_public", "tag_public")}
    changed: dict[str, tuple[dict[str, Any], str]] = {
        "": ({}, "It holds."),
        "-other-envelope": (
            {"body": {**body, "envelope": other["envelope"]}},
            "The envelope is another: that it names the opening is checked elsewhere.",
        ),
        "-other-challenge": ({"body": {**body, "challenge": encode(Stream("challenge-2")(56))}}, "The challenge is another."),
        "-session": ({"body": {**body, "proof": session["signature"]}}, "The answer to the same challenge at a session."),
        "-other-opening": ({"body": {**body, "opening": other["opening"]}}, "The opening is another."),
        "-other-proof": ({"body": {**body, "proof": other["proof"]}}, "The proof of another message."),
        "-other-kem": ({"body": {**body, "kem_public": keys["kem_public"]}}, "The key to wrap to is another's."),
        "-other-tag": ({"body": {**body, "tag_public": keys["tag_public"]}}, "The key for tags is another's."),
        "-other-keys": ({"body": {**body, **keys}}, "All keys are another's."),
        "-other-origin": ({"origin": "https://helpline.example.org"}, "Another origin."),
        "-other-site": (cast.where(cast.stranger_desk), "Another organisation."),
    }
    for name, (change, about) in changed.items():
        yield Case(f"first-message-proof{name}", "7.5", "first-message-proof", about, {**good, **change})


def cases(cast: Cast) -> Iterator[Case]:
    yield from sessions(cast)
    yield from first_messages(cast)
