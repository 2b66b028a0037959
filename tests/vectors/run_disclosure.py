"""Runs a vector of kind `disclosure` with the Python peer."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import Message, Plaintext, Warning, open_site  # noqa: A004 - the protocol's own word
from messaging.protocol.peer.certificates import certificates_by_id
from messaging.protocol.peer.disclosures import (
    DeskReaders,
    check_document,
    disclosure_hash,
    leaving_document,
    open_decision,
    open_disclosure,
)
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
    vouched = each.get("vouched", True) if each["direction"] == 1 else None
    return Message(*where, each["day"], Plaintext("text", each["text"], ack, day=each.get("own")), None, vouched=vouched)


def disclosure(given: Mapping[str, Any]) -> Mapping[str, Any]:
    site, raw = open_site(given["root"], given["origin"]), decode(given["disclosure"])
    certificates = certificates_by_id(site, [decode(text) for text in given["certificates"]])
    statement = Statement.parse(decode(given["statement"]))
    desk = DeskReaders(site, decode(given["epoch_seed"]), statement, certificates, decode(given["subject"]))
    proposal, proposer = open_disclosure(desk, raw)
    text = check_document(proposal, items_of(given["items"]))
    decision, second = open_decision(desk, decode(given["decision"]), disclosure_hash(raw), proposer, proposal.messages)
    leaves = leaving_document(proposal, decision.checks, items_of(given["items"]))
    places = [list(place) for place in proposal.messages]
    return {
        "proposal": {**vars(proposal), "messages": places, "checks": list(proposal.checks), "document": encode(proposal.document)},
        "proposer": proposer.display_name,
        "hash": encode(disclosure_hash(raw)),
        "text": text,
        "leaves": leaves,
        "decision": {"agrees": decision.agrees, "text": decision.text, "writer": second, "checks": list(decision.checks)},
    }
