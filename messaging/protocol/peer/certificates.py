"""Certificates: the root makes them, everyone checks them (PROTOCOL §2.5)."""

from collections.abc import Iterable

from messaging.protocol.encoding import VERSION, u32
from messaging.protocol.peer.errors import BadCertificate, BadRequest, Malformed
from messaging.protocol.peer.keys import Site
from messaging.protocol.peer.primitives import check_kem_public, check_tag_public, sign, sign_public
from messaging.protocol.wire import LONGEST_CERTIFICATE, Certificate, Request


def make_certificate(
    root_seed: bytes, site: Site, request: bytes, display_name: str, *, key_holder: bool, first_day: int, last_day: int
) -> bytes:
    """The root's certificate for a request, §2.5.

    Raises:
        Malformed, BadRequest: the request; BadRequest also for a key that nothing can be wrapped to, or with which no tag can be made.
        BadCertificate: another root's seed, days the wrong way round or over 100, a name that is empty, over 64 bytes or unprintable.
    """
    asked = Request.parse(request)
    asked.check(site.site)
    try:
        check_kem_public(asked.kem_public)
        check_tag_public(asked.tag_public)
    except Malformed as error:
        raise BadRequest("nothing can be wrapped to the request's key, or no tag made for it") from error
    if sign_public(root_seed) != site.root:
        raise BadCertificate("this is not the site's root")
    if not display_name.isprintable() or not 1 <= len(name := display_name.encode()) <= 64:
        raise BadCertificate("a display name has 1 to 64 bytes of printable text")
    if not 0 <= first_day <= last_day < 2**32:
        raise BadCertificate("the days are the wrong way round")
    if last_day > first_day + LONGEST_CERTIFICATE:
        raise BadCertificate(f"a certificate lasts at most {LONGEST_CERTIFICATE + 1} days")
    body = VERSION + asked.counsellor_id + asked.kem_public + asked.sign_public + asked.tag_public + bytes([key_holder])
    body += u32(first_day) + u32(last_day) + bytes([len(name)]) + name
    return body + sign(root_seed, "certificate", site.site + body)


def check_certificate(site: Site, raw: bytes) -> Certificate:
    """Raises Malformed, BadCertificate."""
    certificate = Certificate.parse(raw)
    certificate.check(site.root)
    return certificate


def certificates_by_id(site: Site, certificates: Iterable[bytes]) -> dict[bytes, Certificate]:
    """All of them, by id; raises Malformed or BadCertificate at the first that fails."""
    checked = [check_certificate(site, raw) for raw in certificates]
    return {certificate.certificate_id: certificate for certificate in checked}


def valid_certificates(site: Site, certificates: Iterable[bytes]) -> dict[bytes, Certificate]:
    """Those that hold, by id; the others are left out (§5.1), so that what relies on them fails."""
    valid = {}
    for raw in certificates:
        try:
            certificate = check_certificate(site, raw)
        except (Malformed, BadCertificate):
            continue
        valid[certificate.certificate_id] = certificate
    return valid
