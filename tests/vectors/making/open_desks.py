"""Cases of a counsellor's desk as it opens from §8.1's answer: what can be read, and what is missing."""

from collections.abc import Callable, Iterator
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.epochs import _grant_info, make_grant
from messaging.protocol.peer.vault import make_request
from messaging.protocol.wire import Certificate
from tests.vectors.making import forge
from tests.vectors.making.stage import Case, Cast, Stream, flip
from tests.world.peers import TODAY


def cases(cast: Cast) -> Iterator[Case]:
    desk, today = cast.later, cast.later.today

    def case(name: str, about: str, who: str, day: int = today, error: str | None = None, **changes: Any) -> Case:
        counsellor = desk.members[who].counsellor
        keys = {"counsellor_id": encode(counsellor.counsellor_id), "secret": encode(counsellor.secret)}
        given = {**cast.where(), **keys, "me": {**desk.me(who), **changes}, "today": day}
        return Case(f"open-desk{name}", "8.4", "open-desk", about, given, error)

    certified = [encode(member.certificate) for member in desk.members.values()]
    statements = [encode(raw) for raw in desk.statements]
    callum, fergus = desk.members["Callum"], desk.members["Fergus"]
    told = desk.me("Callum")["grants"]
    # The server tells of everybody's grants of the current epoch; Callum's own come first here.
    others = [each for each in told if each not in callum.grants]
    altered = [{**callum.grants[0], "wrapped": encode(flip(decode(callum.grants[0]["wrapped"]), 3))}, *callum.grants[1:], *others]
    without_isla = [each for each in certified if each != encode(desk.members["Isla"].certificate)]
    yield case("", "Both epochs are granted; the second is current.", "Callum")
    yield case("-joined", "Isla came with the second epoch, and was granted the first as well.", "Isla")
    yield case("-no-certificate", "The root has not signed yet; grants are of no use.", "Callum", certificate=None)
    yield case("-not-on-roster", "Fergus was left off the second epoch's roster, and has no grant of it.", "Fergus")
    yield case("-no-grant", "On the roster, and the current epoch was not granted.", "Callum", grants=[callum.grants[0], *others])
    yield case("-bad-grant", "The first epoch's grant is altered.", "Callum", grants=altered)
    yield case("-second-grant-opens", "Of two grants of the first epoch the first is altered.", "Callum", grants=[altered[0], *told])
    yield case("-first-grant-opens", "Of two grants of the first epoch the second is altered.", "Callum", grants=[*told, altered[0]])
    yield case("-two-bad-grants", "Neither grant of the first epoch opens.", "Callum", grants=[altered[0], *altered])
    yield case(
        "-grant-of-nothing",
        "A grant of an epoch that is not there is left alone.",
        "Callum",
        grants=[*told, {**callum.grants[0], "epoch": 9}],
    )
    yield from others_grants(case, cast)
    yield case("-no-current-epoch", "The last epoch has ended.", "Callum", day=today + 35)
    yield case("-before-the-first", "No epoch has begun yet.", "Callum", day=TODAY - 1)
    yield case("-no-epoch", "No epoch was ever opened.", "Callum", statements=[], grants=[], current=None)
    yield case(
        "-broken-chain", "The second statement is altered.", "Callum", statements=[statements[0], encode(flip(desk.statements[1], -1))]
    )
    yield case("-not-from-the-first", "The chain begins with number 2: nothing of it counts.", "Callum", statements=statements[1:])
    yield case("-somebody-unnamed", "A certificate of the current roster is missing.", "Callum", certificates=without_isla)
    yield case(
        "-not-on-roster-and-unnamed",
        "The same, to somebody who is off the roster: only the chain is named.",
        "Fergus",
        certificates=without_isla,
    )
    request = decode(make_request(desk.site, callum.counsellor))
    days = {"first_day": today - 60, "last_day": today - 1}
    ended = make_certificate(desk.root_seed, desk.site, request, "Callum", key_holder=False, **days)
    yield case(
        "-certificate-ended", "The certificate ended yesterday, and is on no roster.", "Callum", certificate=encode(ended), grants=[]
    )
    yield case(
        "-other-certificate", "Somebody else's certificate.", "Callum", error="BadCertificate", certificate=encode(fergus.certificate)
    )
    other = encode(fergus.counsellor.counsellor_id)
    yield case("-other-counsellor", "Somebody else's id.", "Callum", error="BadCertificate", counsellor_id=other)
    bad = encode(flip(callum.certificate, -1))
    yield case("-altered-certificate", "The certificate's signature fails.", "Callum", error="BadCertificate", certificate=bad)
    yield case(
        "-cut-off-certificate", "Not all of the certificate.", "Callum", error="Malformed", certificate=encode(callum.certificate[:1200])
    )


def others_grants(case: Callable[..., Case], cast: Cast) -> Iterator[Case]:
    """What Callum can tell of his colleagues' grants, and of his own, once one has opened."""
    desk = cast.later
    callum, isla = desk.members["Callum"], Certificate.parse(desk.members["Isla"].certificate)
    told, seed = desk.me("Callum")["grants"], cast.seed(desk, "Callum", 2)
    of_isla = next(each for each in told if each["epoch"] == 2 and each["certificate_id"] == encode(isla.certificate_id))
    rest = [each for each in told if each != of_isla]

    def instead(wrapped: bytes) -> dict[str, Any]:
        return {**of_isla, "wrapped": encode(wrapped)}

    useless = instead(make_grant(desk.site, 2, isla, Stream("useless")(32)))
    chance = instead(forge.wrapped_by_chance(isla.kem_public, _grant_info(desk.site, 2, isla.certificate_id), seed))
    yield case("-colleague-cannot-read", "What Isla was granted is another secret.", "Callum", grants=[*rest, useless])
    yield case("-colleague-by-chance", "What Isla was granted opens, and is not what Wrap makes.", "Callum", grants=[*rest, chance])
    yield case("-colleague-without-grant", "Isla was granted nothing.", "Callum", grants=rest)
    yield case("-colleague-second-grant-opens", "Of two grants to Isla the first is of no use.", "Callum", grants=[useless, *rest, of_isla])
    other_epoch = [{**of_isla, "epoch": 1}, *rest]
    yield case("-colleague-grant-of-another-epoch", "Isla's grant is said to be of the epoch before.", "Callum", grants=other_epoch)
    yield case("-nobody-elses-grants", "Of nobody else there is a grant in the answer.", "Callum", grants=callum.grants)
    own = Certificate.parse(callum.certificate)
    info = _grant_info(desk.site, 2, own.certificate_id)
    by_chance = {**callum.grants[1], "wrapped": encode(forge.wrapped_by_chance(own.kem_public, info, seed))}
    without = [each for each in told if each != callum.grants[1]]
    yield case("-own-by-chance", "His own grant opens, and is not what Wrap makes.", "Callum", grants=[*without, by_chance])
