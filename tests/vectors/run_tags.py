"""Runs vectors of tags: which there must be, and what the person and one counsellor say of those that are there (§4.6)."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_site
from messaging.protocol.peer.certificates import certificates_by_id
from messaging.protocol.peer.keys import derive_counsellor, inbox_keys_of
from messaging.protocol.peer.tags import DesksView, PersonsView, TagContext, persons_tag_keys, tags_of
from messaging.protocol.wire import Envelope, Statement


def tags(given: Mapping[str, Any]) -> Mapping[str, Any]:
    site = open_site(given["root"], given["origin"])
    envelope, statement = Envelope.parse(decode(given["envelope"])), Statement.parse(decode(given["statement"]))
    certificates = certificates_by_id(site, [decode(each) for each in given["certificates"]])
    inbox = inbox_keys_of(site, decode(given["inbox_secret"]))
    counsellor = derive_counsellor(site, decode(given["counsellor_id"]), decode(given["secret"]))
    desk = DesksView(site, counsellor, None, decode(given["tag_public"]), {})
    found = {
        "person": PersonsView(site, inbox).vouched(envelope, statement, certificates),
        "counsellor": desk.vouched(envelope, statement, certificates),
    }
    if any(each not in certificates for each in statement.roster):
        return {**found, "keys": None, "tags": None}
    publics = [certificates[each].tag_public for each in statement.roster]
    keys = persons_tag_keys(TagContext(site, envelope.conversation, statement), inbox, publics)
    named = [None if key is None else encode(key) for key in keys]
    return {**found, "keys": named, "tags": encode(tags_of(keys, envelope.header, envelope.ciphertext))}
