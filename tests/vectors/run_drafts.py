"""Runs vectors of what a person keeps to finish later, and of the proof that it is theirs."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.keys import inbox_keys_of
from messaging.protocol.peer.person_drafts import draft_key, open_draft
from messaging.protocol.wire import Draft, draft_proof_holds, inbox_id_of
from tests.vectors.run_certificates import site_of

JSON = Mapping[str, Any]


def person_draft(given: JSON) -> JSON:
    site, conversation, raw = site_of(given), decode(given["conversation"]), decode(given["draft"])
    inbox = inbox_keys_of(site, decode(given["inbox_secret"]))
    found = open_draft(site, inbox, raw, conversation)
    key = draft_key(site, inbox, Draft.parse(raw).salt, conversation)
    return {"key": encode(key), "text": found.text, "route": found.route, "terms": found.terms, "day": found.day}


def draft_proof(given: JSON) -> JSON:
    body = {name: decode(value) for name, value in given["body"].items()}
    inbox_id = inbox_id_of(body["kem_public"], body["sign_public"], body["tag_public"])
    proof = body["challenge"], inbox_id, body["sign_public"], body["proof"]
    return {"holds": draft_proof_holds(site_of(given).site, given["origin"], *proof)}
