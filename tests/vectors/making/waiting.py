"""Cases of epochs that wait: what a second person is shown, and a thread in an epoch that nobody has confirmed (PROTOCOL §2.15, §8.4)."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.epochs import make_grant
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.peer.primitives import kem_public
from messaging.protocol.wire import Certificate, Statement
from tests.vectors.making import forge
from tests.vectors.making.maker import Maker
from tests.vectors.making.stage import Case, Cast, Stream, flip
from tests.world.peers import Installation, Member


def waits(cast: Cast, *roster: str, opener: str = "Moira", name: str = "waits") -> Installation:
    """The later desk, with a third epoch that nobody has confirmed."""
    desk = copy.deepcopy(cast.later)
    desk.random = Stream(name)
    desk.join("Ailsa", first_day=desk.today)
    desk.next_epoch(opener, list(roster), by=None)
    return desk


def opened(cast: Cast) -> Iterator[Case]:
    desk = waits(cast, "Moira", "Callum", "Ailsa")

    def case(name: str, about: str, who: str, desk: Installation = desk, **changes: Any) -> Case:
        counsellor = desk.members[who].counsellor
        keys = {"counsellor_id": encode(counsellor.counsellor_id), "secret": encode(counsellor.secret)}
        given = {**cast.where(), **keys, "me": {**desk.me(who), **changes}, "today": desk.today}
        return Case(f"open-desk-waiting-{name}", "8.4", "open-desk", about, given)

    def altered(who: str) -> list[dict[str, Any]]:
        own = encode(Certificate.parse(desk.members[who].certificate).certificate_id)
        return [
            {**each, "wrapped": encode(flip(decode(each["wrapped"]), 3))} if (each["epoch"], each["certificate_id"]) == (3, own) else each
            for each in desk.me("Callum")["grants"]
        ]

    yield case("to-confirm", "Isla has gone, Ailsa has come: Callum looks.", "Callum")
    yield case("opened-it", "Moira opened it.", "Moira")
    yield case("not-on-it", "Isla is not on it, and reads on in the second.", "Isla")
    yield case("certified-too-early", "Ailsa is new, and her certificate is of the day on which the second began.", "Ailsa")
    yield case("no-grant", "Callum's own grant of it does not open.", "Callum", grants=altered("Callum"))
    yield case("somebody-cannot-read", "Ailsa's grant of it is not hers.", "Callum", grants=altered("Ailsa"))
    known = [each for each in desk.certificates() if each != encode(desk.members["Ailsa"].certificate)]
    yield case("somebody-unknown", "Ailsa's certificate is not in the answer.", "Callum", certificates=known)
    yield case("ends-before", "Ailsa's certificate ends before it does.", "Ailsa", ending(cast))
    confirmed = copy.deepcopy(desk)
    confirmed.confirm("Callum")
    yield case("confirmed", "Nothing waits once it is confirmed.", "Callum", confirmed)
    two = copy.deepcopy(desk)
    two.random = Stream("waits-twice")
    two.next_epoch("Moira", ["Moira", "Callum", "Isla"], by=None)
    yield case("two", "Two wait; both are told from the newest that counts.", "Callum", two)
    again = copy.deepcopy(cast.later)
    again.random = Stream("waits-again")
    keys = derive_counsellor(again.site, again.members["Isla"].counsellor.counsellor_id, Stream("isla-again")(32))
    again.members["Isla before"] = again.members.pop("Isla")
    again.members["Isla"] = Member(keys, b"")
    days = (again.today, again.today + 99)
    again.members["Isla"].certificate = forge.certificate(again, again.members["Isla"], name=b"Isla", days=days)
    again.next_epoch("Moira", ["Moira", "Callum", "Isla"], by=None)
    yield case("new-keys", "Isla is still on it, with other keys.", "Callum", again)
    left = copy.deepcopy(cast.later)
    first = Statement.parse(left.statements[1])
    roster = sorted(forge.id_of(left.members[each]) for each in ("Fergus", "Callum", "Isla"))
    draft = forge.Draft(3, kem_public(Stream("left")(32)), left.statements[1], (first.first_day, first.last_day), roster)
    left.statements.append(forge.statement(left.site, left.members["Fergus"], draft))
    yield case("signer-left", "Fergus, whom the second left off, opened it.", "Callum", left)
    nobody = copy.deepcopy(cast.desk)
    nobody.confirmations = []
    yield case("first", "The first epoch of all waits: everybody has come.", "Callum", nobody)


def ending(cast: Cast) -> Installation:
    """A third epoch, signed by someone who keeps to no rule, with somebody on it whose certificate ends before it does."""
    desk = copy.deepcopy(cast.later)
    desk.random, desk.today = Stream("ending"), desk.today + 1
    desk.join("Ailsa", first_day=desk.today, last_day=desk.today + 5)
    seed, people = Stream("ending-seed")(32), {name: Certificate.parse(desk.members[name].certificate) for name in ("Moira", "Ailsa")}
    roster = sorted(each.certificate_id for each in people.values())
    draft = forge.Draft(3, kem_public(seed), desk.statements[-1], (desk.today, desk.today + 13), roster)
    desk.statements.append(forge.statement(desk.site, desk.members["Moira"], draft))
    for each in people.values():
        wrapped = encode(make_grant(desk.site, 3, each, seed))
        desk.grants.append({"certificate_id": encode(each.certificate_id), "epoch": 3, "wrapped": wrapped})
    return desk


def threads(cast: Cast) -> Iterator[Case]:
    """The first two messages in the first epoch; the others in the second, which nobody has confirmed."""
    talk = replace(cast.desk_opened, desk=copy.deepcopy(cast.later))
    confirmed = [encode(raw) for raw in talk.desk.confirmations]
    for side in ("person", "Callum"):
        maker = Maker(cast, talk, side)
        about = "What was written in an epoch that nobody has confirmed does not count, and nothing is sealed for it."
        yield maker.case("epoch-unconfirmed", about, confirmations=confirmed[:1])
        yield maker.case(
            "confirmation-altered",
            "A confirmation that fails is none.",
            confirmations=[confirmed[0], encode(flip(talk.desk.confirmations[1], -1))],
        )


def cases(cast: Cast) -> Iterator[Case]:
    yield from opened(cast)
    yield from threads(cast)
