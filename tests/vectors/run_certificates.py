"""Runs vectors of requests, renewals and certificates."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import Site, open_site
from messaging.protocol.peer.certificates import check_certificate
from messaging.protocol.peer.keys import fingerprint
from messaging.protocol.wire import Certificate, Request

JSON = Mapping[str, Any]


def site_of(given: JSON) -> Site:
    return open_site(given["root"], given["origin"], given.get("newest", ""))


def request(given: JSON) -> JSON:
    asked = Request.parse(decode(given["request"]))
    asked.check(site_of(given).site)
    return {**_public(asked), "renews": encode(asked.renews) if asked.renews else None}


def renewal(given: JSON) -> JSON:
    site = site_of(given)
    asked, old = Request.parse(decode(given["request"])), check_certificate(site, decode(given["certificate"]))
    asked.check(site.site)
    asked.check_renewal(site.site, old)
    return {"renews": encode(old.certificate_id)}


def _public(keys: Request | Certificate) -> dict[str, Any]:
    named = {"counsellor_id": encode(keys.counsellor_id), "kem_public": encode(keys.kem_public)}
    named |= {"sign_public": encode(keys.sign_public), "tag_public": encode(keys.tag_public)}
    return {**named, "fingerprint": fingerprint(keys.counsellor_id, keys.kem_public, keys.sign_public, keys.tag_public)}


def certificate(given: JSON) -> JSON:
    found = check_certificate(site_of(given), decode(given["certificate"]))
    return {
        **_public(found),
        "key_holder": found.key_holder,
        "first_day": found.first_day,
        "last_day": found.last_day,
        "display_name": found.display_name,
        "certificate_id": encode(found.certificate_id),
    }
