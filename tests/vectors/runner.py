"""Runs one vector with the Python peer: what comes out, or the protocol's exception. The format is in README.md."""

from collections.abc import Callable, Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import (
    OpenDesk,
    Plaintext,
    WaitingEpoch,
    check_desk,
    open_desk,
    read_as_desk,
    read_as_person,
    sign_first,
    sign_session,
)
from messaging.protocol.peer.certificates import certificates_by_id
from messaging.protocol.peer.desk import Desk
from messaging.protocol.peer.envelopes import EnvelopePlace, envelope_key, open_envelope
from messaging.protocol.peer.keys import InboxKeys, Site, derive_counsellor, inbox_keys_of
from messaging.protocol.peer.openings import Life, demand_authentic, opening_commitment, secret_of_opening
from messaging.protocol.peer.plaintext import read_plaintext
from messaging.protocol.wire import (
    Envelope,
    Opening,
    Statement,
    first_message_proof_holds,
    inbox_id_of,
    session_proof_holds,
)
from tests.vectors.run_again import desk_again, open_desk_again, thread_again
from tests.vectors.run_certificates import certificate, renewal, request, site_of
from tests.vectors.run_disclosure import disclosure
from tests.vectors.run_drafts import draft_proof, person_draft
from tests.vectors.run_epochs import confirmation, statements
from tests.vectors.run_notes import carry, note, notes
from tests.vectors.run_own_keys import draw, inbox, root_key, sheet, vault, vault_change, vault_proof, words
from tests.vectors.run_pulses import keys_of_thread, pulse, pulses
from tests.vectors.run_tags import tags
from tests.vectors.run_wraps import grant, wrapped
from tests.vectors.run_writing import first, sealed

JSON = Mapping[str, Any]


def content_of(content: Plaintext) -> dict[str, Any]:
    ack = {"sequence": content.ack.sequence, "hash": encode(content.ack.hash)}
    more = {"route": content.route, "terms": content.terms, "since": content.since, "day": content.day}
    return {"type": content.type, "text": content.text, "ack": ack, **more}


def base64url(given: JSON) -> JSON:
    return {"hex": decode(given["text"], given["size"]).hex()}


def _decoded(values: list[str]) -> list[bytes]:
    return [decode(value) for value in values]


def _desk(found: Desk | None) -> Any:
    return None if found is None else {"epoch": found.epoch, "names": found.names}


def desk(given: JSON) -> JSON:
    result: JSON = _desk(check_desk(site_of(given), given["answer"], given["today"]))
    return result


def opening(given: JSON) -> JSON:
    site, conversation = site_of(given), decode(given["conversation"])
    statement = Statement.parse(decode(given["statement"]))
    reader = inbox_keys_of(site, decode(given["inbox_secret"])) if given["side"] == "person" else decode(given["epoch_seed"])
    found = Opening.parse(decode(given["opening"]))
    certificates = certificates_by_id(site, _decoded(given["certificates"]))
    where = Life(decode(given["inbox_id"]), decode(given["kem_public"]), decode(given["sign_public"]), conversation)
    demand_authentic(site, found, where, statement, certificates)
    secret = secret_of_opening(site, reader, found, where, statement)
    return {
        "secret": encode(secret),
        "commitment": encode(opening_commitment(site, secret, conversation, statement)),
        "opening_hash": encode(found.opening_hash),
    }


def envelope(given: JSON) -> JSON:
    site, secret, found = site_of(given), decode(given["secret"]), Envelope.parse(decode(given["envelope"]))
    statement = Statement.parse(decode(given["statement"]))
    chain = given["sequence"], decode(given["previous"])
    place = EnvelopePlace(decode(given["conversation"]), given["direction"], statement.number, decode(given["opening_hash"]), *chain)
    certificates = certificates_by_id(site, _decoded(given["certificates"]))
    content, writer = open_envelope(site, secret, found, place, given["epoch_floor"], statement, certificates)
    key = envelope_key(secret, found.salt, found.header)
    return {"key": encode(key), "envelope_hash": encode(found.envelope_hash), "content": content_of(content), "writer": writer}


def plaintext(given: JSON) -> JSON:
    return {"content": content_of(read_plaintext(decode(given["plaintext"]), given["direction"], given["sequence"]))}


def reader_of(site: Site, given: JSON, today: int) -> InboxKeys | OpenDesk:
    if given["side"] == "person":
        return inbox_keys_of(site, decode(given["inbox_secret"]))
    return open_desk(site, derive_counsellor(site, decode(given["counsellor_id"]), decode(given["secret"])), given["me"], today)


def opened_desk(given: JSON) -> JSON:
    site = site_of(given)
    counsellor = derive_counsellor(site, decode(given["counsellor_id"]), decode(given["secret"]))
    found = open_desk(site, counsellor, given["me"], given["today"])
    named = {"desk": _desk(found.desk), "granted": sorted(found.seeds), "troubles": found.troubles, "cannot_read": found.cannot_read}
    return {**named, "waiting": [_waiting(each) for each in found.waiting]}


def _waiting(each: WaitingEpoch) -> JSON:
    changes = {"opened_by": each.changes.opened_by, "came": each.changes.came, "went": each.changes.went}
    changes |= {"stayed": each.changes.stayed, "new_keys": each.changes.new_keys}
    return {"number": each.statement.number, **changes, "cannot_read": each.cannot_read, "trouble": each.trouble}


def thread(given: JSON) -> JSON:
    site = site_of(given)
    reader = reader_of(site, given["reader"], given["today"])
    if isinstance(reader, OpenDesk):
        found = read_as_desk(site, reader, given["answer"], given["today"])
    else:
        found = read_as_person(site, reader, given["answer"], given["today"])
    items: list[dict[str, Any]] = []
    for item in found.items:
        if item.kind == "warning":
            where = {"kind": "warning", "warning": item.warning, "direction": item.direction, "sequence": item.sequence}
            items.append({**where, "writer": item.writer})
            continue
        where = {"kind": "message", "direction": item.direction, "sequence": item.sequence, "day": item.day}
        items.append({**where, "content": content_of(item.content), "writer": item.writer, "unread": item.unread, "vouched": item.vouched})
    return {"items": items, "read": [found.read_of(1), found.read_of(2)], "desk": _desk(found.desk)}


def written(given: JSON) -> JSON:
    return sealed(given, reader_of(site_of(given), given["reader"], given["today"]), content_of)


def written_first(given: JSON) -> JSON:
    return first(given, content_of)


def session(given: JSON) -> JSON:
    site = site_of(given)
    return {"body": sign_session(site, inbox_keys_of(site, decode(given["inbox_secret"])), given["challenge"])}


def session_proof(given: JSON) -> JSON:
    body = {name: decode(value) for name, value in given["body"].items()}
    signed = body["challenge"], body["inbox_id"], decode(given["sign_public"]), body["signature"]
    return {"holds": session_proof_holds(site_of(given).site, given["origin"], *signed)}


def first_message(given: JSON) -> JSON:
    site = site_of(given)
    return {"body": sign_first(site, inbox_keys_of(site, decode(given["inbox_secret"])), given["first"], given["challenge"])}


def first_message_proof(given: JSON) -> JSON:
    body = {name: decode(value) for name, value in given["body"].items()}
    site, key = site_of(given).site, body["sign_public"]
    opening, inbox_id = Opening.parse(body["opening"]), inbox_id_of(body["kem_public"], key, body["tag_public"])
    proof = body["challenge"], inbox_id, key, opening.opening_hash, body["proof"]
    own = opening.inbox_id == inbox_id and opening.signed_by(site, key)
    return {"holds": own and first_message_proof_holds(site, given["origin"], *proof)}


RUN: dict[str, Callable[[JSON], JSON]] = {
    "base64url": base64url,
    "words": words,
    "draw": draw,
    "person-draft": person_draft,
    "draft-proof": draft_proof,
    "inbox": inbox,
    "vault": vault,
    "root-key": root_key,
    "renewal": renewal,
    "request": request,
    "certificate": certificate,
    "statements": statements,
    "confirmation": confirmation,
    "desk": desk,
    "wrap": wrapped,
    "grant": grant,
    "open-desk": opened_desk,
    "opening": opening,
    "envelope": envelope,
    "tags": tags,
    "pulse-keys": keys_of_thread,
    "pulse": pulse,
    "pulses": pulses,
    "plaintext": plaintext,
    "thread": thread,
    "write": written,
    "write-first": written_first,
    "thread-again": thread_again,
    "desk-again": desk_again,
    "open-desk-again": open_desk_again,
    "note": note,
    "carry": carry,
    "notes": notes,
    "disclosure": disclosure,
    "session": session,
    "session-proof": session_proof,
    "sheet": sheet,
    "vault-change": vault_change,
    "vault-proof": vault_proof,
    "first-message": first_message,
    "first-message-proof": first_message_proof,
}


def run(case: JSON) -> JSON:
    """Raises what the peer raises."""
    return RUN[case["kind"]](case["input"])
