"""Runs vectors of epoch statements and their confirmations (PROTOCOL §2.6, §2.15) with the Python peer."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.certificates import certificates_by_id
from messaging.protocol.peer.epochs import check_chain
from messaging.protocol.wire import Confirmation, Statement, confirmed_statements, current_epoch
from tests.vectors.run_certificates import site_of

JSON = Mapping[str, Any]


def _decoded(values: list[str]) -> list[bytes]:
    return [decode(value) for value in values]


def statements(given: JSON) -> JSON:
    site = site_of(given)
    certificates = certificates_by_id(site, _decoded(given["certificates"]))
    chain = list(check_chain(site, _decoded(given["statements"]), certificates))
    confirmed = confirmed_statements(site.root, chain, _decoded(given["confirmations"]), certificates)
    current = current_epoch(confirmed, given["day"])
    return {
        "numbers": [each.number for each in chain],
        "hashes": [encode(each.statement_hash) for each in chain],
        "rosters": [[encode(one) for one in each.roster] for each in chain],
        "confirmed": [each.number for each in confirmed],
        "current": current.number if current else None,
    }


def confirmation(given: JSON) -> JSON:
    certificates = certificates_by_id(site_of(given), _decoded(given["certificates"]))
    statement = Statement.parse(decode(given["statement"]))
    before = Statement.parse(decode(given["before"])) if given["before"] is not None else None
    found = Confirmation.parse(decode(given["confirmation"]))
    by = found.check(site_of(given).root, statement, certificates, before)
    return {"statement_hash": encode(found.statement_hash), "by": by.display_name if by else None}
