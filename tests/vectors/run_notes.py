"""Runs vectors of kinds `note`, `carry` and `notes` with the Python peer."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_desk, open_site, read_as_desk
from messaging.protocol.peer.carries import secret_by_carry
from messaging.protocol.peer.certificates import certificates_by_id
from messaging.protocol.peer.desk_notes import read_notes
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.peer.note_texts import NoteText, read_note_text
from messaging.protocol.peer.notes import HEAD, check_note, content_of_note, note_key, secret_of_note
from messaging.protocol.peer.plaintext import ack_json
from messaging.protocol.wire import Carry, Statement

JSON = Mapping[str, Any]


def _content(content: NoteText) -> JSON:
    kind = "note" if content.name is None else "saved-reply"
    read = {"previous": [encode(each) for each in content.previous], "ack": [ack_json(ack) for ack in content.acks]}
    return {"type": kind, "name": content.name, "text": content.text, **(read if content.name is None else {"previous": None, "ack": None})}


def note(given: JSON) -> JSON:
    site, raw, seed = open_site(given["root"], given["origin"]), decode(given["note"]), decode(given["epoch_seed"])
    statement, subject = Statement.parse(decode(given["statement"])), decode(given["subject"])
    certificates = certificates_by_id(site, [decode(each) for each in given["certificates"]])
    found, author = check_note(site, statement, certificates, given["note_kind"], subject, raw)
    secret = secret_of_note(site, seed, statement, found)
    content = read_note_text(given["note_kind"], content_of_note(secret, found))
    key = encode(note_key(secret, found.salt, raw[:HEAD]))
    return {"secret": encode(secret), "key": key, "content": _content(content), "writer": author.display_name}


def carry(given: JSON) -> JSON:
    site, raw = open_site(given["root"], given["origin"]), decode(given["carry"])
    own, later = (Statement.parse(decode(given[name])) for name in ("statement", "carry_statement"))
    certificates = certificates_by_id(site, [decode(each) for each in given["certificates"]])
    found, author = check_note(site, own, certificates, given["note_kind"], decode(given["subject"]), decode(given["note"]))
    secret = secret_by_carry(site, decode(given["carry_seed"]), later, certificates, found, own, raw)
    carrier = certificates[Carry.parse(raw).certificate_id]
    content = read_note_text(given["note_kind"], content_of_note(secret, found))
    return {"secret": encode(secret), "content": _content(content), "writer": author.display_name, "carrier": carrier.display_name}


def notes(given: JSON) -> JSON:
    site, reader = open_site(given["root"], given["origin"]), given["reader"]
    counsellor = derive_counsellor(site, decode(reader["counsellor_id"]), decode(reader["secret"]))
    desk = open_desk(site, counsellor, reader["me"], given["today"])
    thread = read_as_desk(site, desk, given["thread"], given["today"]) if given["thread"] else None
    found = read_notes(site, desk, decode(given["conversation"]), given["answer"], thread)
    return {
        "notes": [vars(each) for each in found.notes],
        "previous": [encode(each) for each in found.previous],
        "carries": [encode(raw) for _, raw in found.carries],
    }
