"""Cases of what a person keeps to finish later."""

from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import VERSION, encode, label
from messaging.protocol.peer import PersonDraft, seal_draft, sign_draft, sign_session
from messaging.protocol.peer.padding import pad_json
from messaging.protocol.peer.person_drafts import NO_CONVERSATION, NONCE, draft_key
from messaging.protocol.peer.primitives import seal
from messaging.protocol.wire import Opening
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip

FIRST = PersonDraft("I have begun three times.", "2026-11-30", "self", 2)


def sealed(cast: Cast, conversation: bytes, **content: Any) -> bytes:
    """Any content at all, sealed as a draft."""
    site, inbox = cast.desk.site, cast.inbox
    header = VERSION + Stream("draft-of-anything")(16)
    around = header + label("person-draft") + site.site + inbox.inbox_id + conversation
    return header + seal(draft_key(site, inbox, header[1:], conversation), NONCE, around, pad_json(content))


def drafts(cast: Cast) -> Iterator[Case]:
    site, inbox = cast.desk.site, cast.inbox
    talk = Opening.parse(cast.talk.openings[0]).conversation
    person = {**cast.where(), "words": " ".join(cast.words), "inbox_secret": encode(inbox.secret)}
    raw = seal_draft(site, inbox, FIRST, random=Stream("draft"))
    begun = {"type": "draft", "text": "x", "route": None, "terms": 1, "day": "2026-11-30"}

    def case(name: str, about: str, draft: bytes, error: str | None = None, conversation: bytes = NO_CONVERSATION) -> Case:
        given = {**person, "conversation": encode(conversation), "draft": encode(draft)}
        return Case(f"person-draft{name}", "4.7", "person-draft", about, given, error)

    yield case("", "Before there is a conversation.", raw)
    yield case(
        "-no-route", "Nothing is chosen yet.", seal_draft(site, inbox, PersonDraft("x", "2026-11-30", None, 1), random=Stream("draft-2"))
    )
    inside = seal_draft(site, inbox, PersonDraft("And then 😔", "2026-11-30"), talk, Stream("draft-3"))
    yield case("-in-conversation", "In an open conversation.", inside, conversation=talk)
    yield case("-longer", "A byte too many.", raw + b"\0", "Malformed")
    yield case("-other-version", "Another version.", edit(raw, 0, bytes([VERSION[0] ^ 3])), "Malformed")
    yield case("-salt-flipped", "Another salt.", flip(raw, 5), "CannotOpen")
    yield case("-ciphertext-flipped", "One bit of the ciphertext is another.", flip(raw, 4000), "CannotOpen")
    yield case("-other-conversation", "It was begun in a conversation, and there is none.", inside, "CannotOpen")
    yield case("-other-inbox", "Another person's.", seal_draft(site, cast.other_inbox, FIRST, random=Stream("draft-4")), "CannotOpen")
    wrong: dict[str, tuple[str, dict[str, Any]]] = {
        "-other-type": ("It is called a text.", {**begun, "type": "text"}),
        "-blank": ("There is no text in it.", {**begun, "text": " \n"}),
        "-key-more": ("A key too many.", {**begun, "ack": None}),
        "-key-less": ("No day.", {name: value for name, value in begun.items() if name != "day"}),
        "-other-day": ("A day that the calendar has not.", {**begun, "day": "2026-02-30"}),
        "-other-route": ("A route that is none.", {**begun, "route": "urgent"}),
        "-no-terms": ("Nobody accepted anything.", {**begun, "terms": None}),
        "-terms-zero": ("A version of terms that is none.", {**begun, "terms": 0}),
    }
    for name, (about, content) in wrong.items():
        yield case(name, about, sealed(cast, NO_CONVERSATION, **content), "BadPlaintext")
    yield case("-terms-inside", "In a conversation no terms are accepted.", sealed(cast, talk, **begun), "BadPlaintext", talk)
    routed = sealed(cast, talk, **{**begun, "terms": None, "route": "self"})
    yield case("-route-inside", "In a conversation nothing is chosen.", routed, "BadPlaintext", talk)


def proofs(cast: Cast) -> Iterator[Case]:
    site, inbox = cast.desk.site, cast.inbox
    challenge = encode(Stream("draft-challenge")(56))
    body: dict[str, Any] = sign_draft(site, inbox, encode(seal_draft(site, inbox, FIRST, random=Stream("draft"))), challenge)
    other = encode(seal_draft(site, inbox, FIRST, random=Stream("draft-5")))
    session: dict[str, Any] = sign_session(site, inbox, challenge)
    changed: dict[str, tuple[dict[str, Any], str]] = {
        "": ({}, "It holds."),
        "-other-draft": ({"draft": other}, "The draft is another: no signature covers it."),
        "-other-challenge": ({"challenge": encode(Stream("draft-challenge-2")(56))}, "The challenge is another."),
        "-other-tag": ({"tag_public": encode(cast.other_inbox.tag_public)}, "Keys of two inboxes."),
        "-other-label": ({"proof": session["signature"]}, "Signed for another use."),
    }
    for name, (change, about) in changed.items():
        yield Case(f"draft-proof{name}", "7.12", "draft-proof", about, {**cast.where(), "body": {**body, **change}})


def cases(cast: Cast) -> Iterator[Case]:
    yield from drafts(cast)
    yield from proofs(cast)
