"""A draft that a person keeps for themselves, and the proof that it is theirs (PROTOCOL §4.7, §7.12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from messaging.protocol.encoding import ID, VERSION, decode, encode, label
from messaging.protocol.peer.dates import is_day
from messaging.protocol.peer.errors import BadPlaintext
from messaging.protocol.peer.keys import InboxKeys, Site
from messaging.protocol.peer.padding import pad_json, unpad_json
from messaging.protocol.peer.plaintext import LARGEST, ROUTES
from messaging.protocol.peer.primitives import Random, kdf, open_sealed, random_bytes, seal, sign
from messaging.protocol.peer.text import is_text
from messaging.protocol.wire import Draft, origin_bytes

NO_CONVERSATION = bytes(ID)
SALT, NONCE = 16, bytes(12)
KEYS = {"type", "text", "route", "terms", "day"}


@dataclass(frozen=True)
class PersonDraft:
    """What was typed and not sent. `route` and `terms` stand before there is a conversation; `route` may not be chosen yet."""

    text: str
    day: str
    route: str | None = None
    terms: int | None = None


def seal_draft(
    site: Site, inbox: InboxKeys, draft: PersonDraft, conversation: bytes = NO_CONVERSATION, random: Random = random_bytes
) -> bytes:
    """8,225 bytes; raises TooLong, and BadPlaintext for what a reader would refuse."""
    content = {"type": "draft", "text": draft.text, "route": draft.route, "terms": draft.terms, "day": draft.day}
    _read(content, conversation)
    header = VERSION + random(SALT)
    key = draft_key(site, inbox, header[-SALT:], conversation)
    return header + seal(key, NONCE, _aad(site, inbox, header, conversation), pad_json(content))


def open_draft(site: Site, inbox: InboxKeys, raw: bytes, conversation: bytes = NO_CONVERSATION) -> PersonDraft:
    """Raises Malformed, CannotOpen (another inbox's, or of another conversation) or BadPlaintext."""
    draft = Draft.parse(raw)
    key = draft_key(site, inbox, draft.salt, conversation)
    return _read(unpad_json(open_sealed(key, NONCE, _aad(site, inbox, draft.header, conversation), draft.ciphertext)), conversation)


def sign_draft(site: Site, inbox: InboxKeys, draft: str, challenge: str) -> dict[str, str]:
    """The body of `POST drafts`, §7.12; raises Malformed."""
    signed = site.site + origin_bytes(site.origin) + decode(challenge, 56) + inbox.inbox_id
    keys = {name: encode(getattr(inbox, name)) for name in ("kem_public", "sign_public", "tag_public")}
    return {**keys, "draft": draft, "challenge": challenge, "proof": encode(sign(inbox.sign_seed, "person-draft", signed))}


def draft_key(site: Site, inbox: InboxKeys, salt: bytes, conversation: bytes) -> bytes:
    return kdf(inbox.secret, salt, "person-draft", site.site + inbox.inbox_id + conversation)


def _aad(site: Site, inbox: InboxKeys, header: bytes, conversation: bytes) -> bytes:
    return header + label("person-draft") + site.site + inbox.inbox_id + conversation


def _read(content: Mapping[str, Any], conversation: bytes) -> PersonDraft:
    first = conversation == NO_CONVERSATION
    text, route, terms, day = (content.get(name) for name in ("text", "route", "terms", "day"))
    if content.keys() != KEYS or content["type"] != "draft" or not is_text(text) or not isinstance(day, str) or not is_day(day):
        raise BadPlaintext("its keys, text or day")
    if route is not None and not (first and route in ROUTES):
        raise BadPlaintext("its route")
    if (terms is not None) != first or (first and not (type(terms) is int and 1 <= terms <= LARGEST)):
        raise BadPlaintext("its terms")
    return PersonDraft(str(text), day, route, terms)
