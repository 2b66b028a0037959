"""Runs a vector of kind `disclosure` with the Python peer."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import Message, Plaintext, Warning, open_site  # noqa: A004 - the protocol's own word
from messaging.protocol.peer.certificates import certificates_by_id
from messaging.protocol.peer.disclosures import DeskReaders, check_document, disclosure_hash, open_decision, open_disclosure
from messaging.protocol.peer.plaintext import Ack
from messaging.protocol.wire import Statement


def items_of(items: list[dict[str, Any]]) -> list[Message | Warning]:
    """What a thread has, as `disclosure` gives it."""
    return [_item_of(each) for each in items]


def _item_of(each: dict[str, Any]) -> Message | Warning:
    where = each["direction"], each["sequence"]
    if "warning" in each:
        return Warning(each["warning"], *where)
    ack = Ack(each.get("read", 0), bytes(32))
    return Message(*where, each["day"], Plaintext("text", each["text"], ack, day=each.get("own")), None)


def disclosure(given: Mapping[str, Any]) -> Mapping[str, Any]:
    site, raw = open_site(given["root"], given["origin"]), decode(given["disclosure"])
    certificates = certificates_by_id(site, [decode(text) for text in given["certificates"]])
    statement = Statement.parse(decode(given["statement"]))
    desk = DeskReaders(site, decode(given["epoch_seed"]), statement, certificates, decode(given["subject"]))
    proposal, proposer = open_disclosure(desk, raw)
    text = check_document(proposal, items_of(given["items"]))
    decision, second = open_decision(desk, decode(given["decision"]), disclosure_hash(raw), proposer)
    places = [list(place) for place in proposal.messages]
    return {
        "proposal": {**vars(proposal), "messages": places, "document": encode(proposal.document)},
        "proposer": proposer.display_name,
        "hash": encode(disclosure_hash(raw)),
        "text": text,
        "decision": {"agrees": decision.agrees, "text": decision.text, "writer": second},
    }
