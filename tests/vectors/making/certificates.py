"""Cases of requests, renewals and certificates."""

from collections.abc import Iterator

from messaging.protocol.encoding import decode, encode, u32
from messaging.protocol.peer.certificates import check_certificate
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.peer.vault import make_renewal, make_request
from tests.vectors.making import forge
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip
from tests.world.peers import TODAY

DAYS = (TODAY, TODAY + 99)


def requests(cast: Cast) -> Iterator[Case]:
    raw = decode(make_request(cast.desk.site, cast.desk.members["Callum"].counsellor))
    here = cast.where()
    yield Case("request", "2.4", "request", "A counsellor asks for a certificate.", {**here, "request": encode(raw)})
    bad = {
        "signature": (flip(raw, -1), "BadRequest", "One bit of the signature is changed."),
        "counsellor-id": (flip(raw, 1), "BadRequest", "Another counsellor's id over the signature."),
        "kem-public": (flip(raw, 17), "BadRequest", "The key to wrap to is swapped."),
        "tag-public": (flip(raw, 1265), "BadRequest", "The key for tags is swapped."),
        "version": (edit(raw, 0, b"\1"), "Malformed", "Version 1."),
        "trailing-byte": (raw + b"\0", "Malformed", "A byte too many."),
    }
    for name, (altered, error, about) in bad.items():
        yield Case(f"request-{name}", "2.4", "request", about, {**here, "request": encode(altered)}, error)
    elsewhere = {**cast.where(cast.stranger_desk), "request": encode(raw)}
    yield Case("request-other-root", "2.4", "request", "A request made for another organisation.", elsewhere, "BadRequest")


def renewals(cast: Cast) -> Iterator[Case]:
    """A request for new keys that the old certificate's key signs too."""
    here, site, callum, moira = cast.where(), cast.desk.site, cast.desk.members["Callum"], cast.desk.members["Moira"]
    new = derive_counsellor(site, callum.counsellor.counsellor_id, Stream("a new secret")(32))
    own = check_certificate(site, callum.certificate)
    raw = decode(make_renewal(site, new, callum.counsellor, own.certificate_id))
    good = {**here, "request": encode(raw), "certificate": encode(callum.certificate)}
    yield Case("request-renewal", "2.4", "request", "It holds by its own key, whatever it renews.", {**here, "request": encode(raw)})
    yield Case("renewal", "2.4", "renewal", "New keys, which the old certificate's key asks for.", good)
    stolen = make_renewal(site, new, moira.counsellor, own.certificate_id)
    other_owner = derive_counsellor(site, moira.counsellor.counsellor_id, Stream("a new secret")(32))
    bad: dict[str, tuple[dict[str, str], str, str]] = {
        "of-another-certificate": ({"certificate": encode(moira.certificate)}, "BadRequest", "The certificate is another one."),
        "of-another-counsellor": (
            {"request": make_renewal(site, other_owner, callum.counsellor, own.certificate_id)},
            "BadRequest",
            "Callum's key asks for keys of Moira's id.",
        ),
        "by-another-key": ({"request": stolen}, "BadRequest", "A colleague's key signs in the place of the old one."),
        "signature-altered": ({"request": encode(flip(raw, -1))}, "BadRequest", "One bit of the old key's signature is changed."),
        "own-signature-altered": ({"request": encode(flip(raw, 1360))}, "BadRequest", "One bit of its own signature is changed."),
        "renews-altered": ({"request": encode(flip(raw, 1361))}, "BadRequest", "It names another certificate."),
        "none": ({"request": make_request(site, new)}, "BadRequest", "It renews nothing."),
        "too-short": ({"request": encode(raw[:-1])}, "Malformed", "A byte too few."),
        "certificate-too-long": (
            {"certificate": encode(forge.certificate(cast.desk, callum, days=(TODAY, TODAY + 100)))},
            "BadCertificate",
            "The old certificate has 101 days.",
        ),
    }
    for name, (change, error, about) in bad.items():
        yield Case(f"renewal-{name}", "2.4", "renewal", about, {**good, **change}, error)


def certificates(cast: Cast) -> Iterator[Case]:
    here, desk = cast.where(), cast.desk
    callum = desk.members["Callum"]

    def case(name: str, about: str, raw: bytes, error: str | None = None) -> Case:
        return Case(f"certificate-{name}", "2.5", "certificate", about, {**here, "certificate": encode(raw)}, error)

    good = forge.certificate(desk, callum, days=DAYS)
    yield case("counsellor", "Of somebody who may not open epochs.", good)
    yield case("key-holder", "Of a key-holder.", desk.members["Moira"].certificate)
    yield case("one-day", "First and last day are the same.", forge.certificate(desk, callum, days=(TODAY, TODAY)))
    yield case("longest-name", "A name of 64 bytes.", forge.certificate(desk, callum, name="Łucja".encode() * 10 + b"abcd", days=DAYS))
    yield case(
        "name-with-mark",
        "A name that begins with U+FEFF keeps it.",
        forge.certificate(desk, callum, name="\ufeffMoira".encode(), days=DAYS),
    )
    for where, offset in {"signature": -1, "id": 1, "kem-public": 17, "sign-public": 1233, "tag-public": 1265, "name": 1307}.items():
        yield case(f"{where}-altered", "One bit is changed.", flip(good, offset), "BadCertificate")
    yield case("days-altered", "The last day is changed.", edit(good, 1302, u32(DAYS[1] + 1)), "BadCertificate")
    yield case("promoted", "Key-holder is set.", edit(good, 1297, b"\1"), "BadCertificate")
    yield case(
        "days-backwards", "The last day is before the first.", forge.certificate(desk, callum, days=(TODAY, TODAY - 1)), "BadCertificate"
    )
    for name, days, error in (("longest", 99, None), ("too-long", 100, "BadCertificate")):
        yield case(name, f"{days + 1} days.", forge.certificate(desk, callum, days=(TODAY, TODAY + days)), error)
    yield case("other-label", "Signed for another use.", forge.certificate(desk, callum, days=DAYS, use="statement"), "BadCertificate")
    yield case("other-root", "Signed by another root.", cast.stranger_desk.members["Moira"].certificate, "BadCertificate")
    malformed = {
        "trailing-byte": (good + b"\0", "A byte too many."),
        "cut-off": (good[:1200], "Not all of it."),
        "version": (forge.certificate(desk, callum, days=DAYS, version=1), "Version 1."),
        "key-holder-byte": (forge.certificate(desk, callum, days=DAYS, holder=2), "Key-holder is neither 0 nor 1."),
        "no-name": (forge.certificate(desk, callum, name=b"", days=DAYS), "No name."),
        "long-name": (forge.certificate(desk, callum, name=b"a" * 65, days=DAYS), "A name of 65 bytes."),
        "name-length": (forge.certificate(desk, callum, days=DAYS, length=5), "The length says less than there is."),
        "control-character": (forge.certificate(desk, callum, name=b"Call\x07um", days=DAYS), "A control character in the name."),
        "control-character-c1": (
            forge.certificate(desk, callum, name="Call\u0085um".encode(), days=DAYS),
            "A control character above ASCII.",
        ),
        "not-utf-8": (forge.certificate(desk, callum, name=b"Call\xc0\xaf", days=DAYS), "An overlong form in the name."),
    }
    for name, (raw, about) in malformed.items():
        yield case(name, about, raw, "Malformed")


def cases(cast: Cast) -> Iterator[Case]:
    yield from requests(cast)
    yield from renewals(cast)
    yield from certificates(cast)
