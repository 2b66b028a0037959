"""Runs the vectors of wraps and grants (PROTOCOL §1.7, §2.7) with the Python peer."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode, hashed
from messaging.protocol.peer import open_site
from messaging.protocol.peer.certificates import check_certificate
from messaging.protocol.peer.epochs import open_grant
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.peer.primitives import kdf64, wrap
from messaging.protocol.wire import Statement

JSON = Mapping[str, Any]


def grant(given: JSON) -> JSON:
    site = open_site(given["root"], given["origin"])
    counsellor = derive_counsellor(site, decode(given["counsellor_id"]), decode(given["secret"]))
    own, statement = check_certificate(site, decode(given["certificate"])), Statement.parse(decode(given["statement"]))
    return {"epoch_seed": encode(open_grant(site, counsellor, own.certificate_id, statement, decode(given["wrapped"])))}


def wrapped(given: JSON) -> JSON:
    public, info, secret = decode(given["public"]), decode(given["info"]), decode(given["secret"])
    sealed = wrap(public, info, secret)
    return {"eseed": encode(kdf64(secret, "wrap", info + hashed("wrap-key", public))), "wrapped": encode(sealed)}
