"""Cases of grants: what a counsellor's own key opens (PROTOCOL §2.7)."""

from collections.abc import Iterator

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.epochs import _grant_info, make_grant
from messaging.protocol.peer.primitives import kem_public
from messaging.protocol.wire import Certificate, Statement
from tests.vectors.making import forge
from tests.vectors.making.stage import Case, Cast, Stream, flip


def cases(cast: Cast) -> Iterator[Case]:
    desk, callum = cast.later, cast.later.members["Callum"]
    first, second = desk.statements
    granted = {grant["epoch"]: grant["wrapped"] for grant in callum.grants}
    keys = {"counsellor_id": encode(callum.counsellor.counsellor_id), "secret": encode(callum.counsellor.secret)}
    good = {**cast.where(), **keys, "certificate": encode(callum.certificate), "statement": encode(second), "wrapped": granted[2]}
    yield Case("grant", "2.7", "grant", "The seed of the second epoch.", good)
    moira = encode(desk.members["Moira"].certificate)
    other_seed = forge_grant(cast)
    fork = forge.statement(
        desk.site,
        desk.members["Moira"],
        forge.Draft(
            number=2,
            kem_public=kem_public(Stream("fork")(32)),
            previous=first,
            days=(desk.today, desk.today + 34),
            roster=Statement.parse(second).roster,
        ),
    )
    bad = {
        "other-epoch": ({"wrapped": granted[1]}, "The grant of the first epoch."),
        "other-certificate": ({"certificate": moira}, "Bound to another certificate."),
        "other-seed": ({"wrapped": other_seed}, "The seed inside is of another key."),
        "other-statement": ({"statement": encode(fork)}, "Another statement of the same number."),
        "altered": ({"wrapped": encode(flip(decode(granted[2]), 1130))}, "One bit is changed."),
        "short": ({"wrapped": encode(decode(granted[2])[:-1])}, "A byte is missing."),
        "other-secret": ({"secret": encode(desk.members["Isla"].counsellor.secret)}, "Another counsellor's secret."),
        "by-chance": ({"wrapped": encode(granted_by_chance(cast))}, "It opens to the seed, and is not what Wrap makes."),
    }
    for name, (change, about) in bad.items():
        yield Case(f"grant-{name}", "2.7", "grant", about, {**good, **change}, "BadGrant")


def granted_by_chance(cast: Cast) -> bytes:
    own = Certificate.parse(cast.later.members["Callum"].certificate)
    info = _grant_info(cast.later.site, 2, own.certificate_id)
    return forge.wrapped_by_chance(own.kem_public, info, cast.seed(cast.later, "Callum", 2))


def forge_grant(cast: Cast) -> str:
    return encode(make_grant(cast.later.site, 2, Certificate.parse(cast.later.members["Callum"].certificate), Stream("wrong-seed")(32)))
