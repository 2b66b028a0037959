"""Cases of confirmations, one by one and for a chain: whose word makes an epoch count."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from messaging.protocol.encoding import HASH, encode
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.peer.primitives import kem_public
from tests.vectors.making import forge
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip
from tests.world.peers import Installation, Member

CERTIFICATE = 1 + HASH


class Stage:
    """The third epoch of the later desk, and people who are on it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.desk = cast, cast.later
        self.people = {name: self.desk.members[name] for name in ("Moira", "Fergus", "Callum", "Isla")}
        self.first, self.second = self.desk.statements
        self.start = self.desk.today + 5
        self.draft = forge.Draft(3, kem_public(Stream("confirmed")(32)), self.second, (self.start, self.start + 13), [])

    def someone(self, name: str, days: tuple[int, int] | None = None, **shared: bytes) -> Member:
        """A new member, who shares these keys with somebody."""
        keys = derive_counsellor(self.desk.site, Stream(f"{name}-id")(16), Stream(name)(32))
        member = Member(replace(keys, **shared), b"")
        days = days or (self.desk.today + 1, self.desk.today + 99)
        member.certificate = forge.certificate(self.desk, member, name=name.encode(), holder=1, days=days)
        return member

    def statement(self, *roster: Member, signer: Member | None = None, **changes: Any) -> bytes:
        ids = sorted(map(forge.id_of, roster))
        return forge.statement(self.desk.site, signer or self.people["Moira"], replace(self.draft, roster=ids, **changes))

    def given(self, *more: Member) -> dict[str, Any]:
        certificates = [encode(member.certificate) for member in (*self.people.values(), *more)]
        return {**self.cast.where(), "certificates": certificates}


def one_by_one(cast: Cast) -> Iterator[Case]:
    stage, desk = Stage(cast), cast.later
    moira, fergus, callum, isla = stage.people.values()
    third = stage.statement(moira, callum, isla)
    good = forge.confirmation(desk, callum, third)

    def case(
        name: str,
        about: str,
        raw: bytes,
        error: str | None = None,
        of: bytes = third,
        before: bytes | None = stage.second,
        more: Sequence[Member] = (),
    ) -> Case:
        given = {**stage.given(*more), "statement": encode(of), "before": encode(before) if before else None, "confirmation": encode(raw)}
        return Case(f"confirmation-{name}", "2.15", "confirmation", about, given, error)

    yield case("colleague", "By somebody else, who was on the roster before.", good)
    yield case("root", "By the root.", forge.confirmation(desk, None, third))
    yield case("before-unknown", "The one before is not known.", good, before=None)
    new = stage.someone("Ailsa")
    with_new = stage.statement(moira, new)
    yield case(
        "certified-since", "By somebody whose certificate is newer.", forge.confirmation(desk, new, with_new), of=with_new, more=[new]
    )
    early = stage.someone("Ewan", days=(desk.today, desk.today + 99))
    with_early = stage.statement(moira, early)
    refused = {
        "certified-that-day": (early, with_early, "By a certificate of the very day on which the one before began."),
        "left-off": (fergus, stage.statement(moira, callum, fergus), "By somebody who is not on the roster before."),
        "not-on-it": (fergus, third, "By somebody who is not on it."),
        "herself": (moira, third, "By the very person who opened it."),
    }
    for name, (member, of, about) in refused.items():
        yield case(name, about, forge.confirmation(desk, member, of), "BadConfirmation", of=of, more=[member])
    ends = stage.someone("Una", days=(desk.today + 1, stage.start + 12))
    begins = stage.someone("Ivo", days=(stage.start + 1, stage.start + 99))
    shared = {
        "id": stage.someone("Moira", counsellor_id=moira.counsellor.counsellor_id),
        "kem-public": stage.someone("Mora", kem_public=moira.counsellor.kem_public),
        "sign-public": stage.someone("Maura", sign_public=moira.counsellor.sign_public, sign_seed=moira.counsellor.sign_seed),
    }
    others = {
        "ends-before": (ends, "The certificate ends the day before the epoch does."),
        "begins-after": (begins, "The certificate begins a day after the epoch."),
        **{f"signers-{name}": (member, f"Another certificate with the opener's {name}.") for name, member in shared.items()},
    }
    for name, (member, about) in others.items():
        of = stage.statement(moira, callum, member)
        yield case(name, about, forge.confirmation(desk, member, of), "BadConfirmation", of=of, more=[member])
    stranger = cast.stranger_desk.members["Moira"]
    bad = {
        "other-statement": (forge.confirmation(desk, callum, stage.second), "It is of the statement before."),
        "unknown-certificate": (edit(good, CERTIFICATE, bytes([7]) * 16), "Nobody here has this certificate."),
        "strangers": (forge.confirmation(desk, stranger, third), "By another organisation's counsellor."),
        "signature": (flip(good, -1), "One bit of the signature is changed."),
        "other-label": (forge.confirmation(desk, callum, third, use="statement"), "Signed for another use."),
        "other-site": (forge.confirmation(desk, callum, third, site=cast.stranger_desk.site), "Signed for another organisation."),
        "other-root": (forge.confirmation(cast.stranger_desk, None, third, site=desk.site), "By another root."),
        "root-other-label": (forge.confirmation(desk, None, third, use="certificate"), "By the root, for another use."),
        "said-to-be-the-roots": (edit(good, CERTIFICATE, bytes(16)), "A counsellor's, with zeros for the certificate."),
    }
    for name, (raw, about) in bad.items():
        yield case(name, about, raw, "BadConfirmation")
    malformed = {
        "version": (forge.confirmation(desk, callum, third, version=1), "Version 1."),
        "trailing-byte": (good + b"\0", "A byte too many."),
        "cut-off": (good[:112], "A byte is missing."),
        "version-and-signature": (
            flip(forge.confirmation(desk, callum, third, version=1), -1),
            "Version 1, and the signature fails besides.",
        ),
    }
    for name, (raw, about) in malformed.items():
        yield case(name, about, raw, "Malformed")


def chains(cast: Cast) -> Iterator[Case]:
    stage, desk = Stage(cast), cast.later
    moira, fergus, callum, isla = stage.people.values()
    first, second, third = stage.first, stage.second, stage.statement(moira, callum, isla)

    def case(name: str, about: str, chain: Sequence[bytes], confirmations: Sequence[bytes], more: Sequence[Member] = ()) -> Case:
        given = {**stage.given(*more), "statements": list(map(encode, chain)), "confirmations": list(map(encode, confirmations))}
        return Case(f"statements-{name}", "2.15", "statements", about, {**given, "day": stage.start})

    by = {name: [forge.confirmation(desk, member, each) for each in (first, second, third)] for name, member in stage.people.items()}
    one, two, three = by["Callum"]
    yield case("unconfirmed", "Nobody has confirmed the third: the second goes on.", [first, second, third], [one, two])
    yield case("nobody-confirmed", "Nobody has confirmed any.", [first, second], [])
    yield case("confirmed-in-any-order", "Where a confirmation stands in the list says nothing.", [first, second, third], [three, one, two])
    yield case("confirmed-twice", "By two people: one is enough.", [first, second], [one, two, by["Isla"][1]])
    beside = [one, flip(two, -1), forge.confirmation(desk, moira, second), two[:100], two]
    yield case("bad-ones-beside-a-good-one", "What fails is left out.", [first, second], beside)
    yield case(
        "middle-unconfirmed", "The second is not confirmed; the third is, by the first's roster.", [first, second, third], [one, three]
    )
    isla_alone = [one, by["Isla"][2]]
    yield case(
        "confirmed-by-one-of-an-unconfirmed", "Isla is on the second alone, which is not confirmed.", [first, second, third], isla_alone
    )
    back = stage.statement(moira, callum, fergus, signer=fergus)
    yield case(
        "signer-left-off",
        "Its opener was left off before; a colleague's word is not enough.",
        [first, second, back],
        [one, two, forge.confirmation(desk, callum, back)],
    )
    yield case(
        "signer-left-off-and-the-root", "The root's word is.", [first, second, back], [one, two, forge.confirmation(desk, None, back)]
    )
    yield case(
        "signer-left-off-before-an-unconfirmed",
        "What nobody confirmed takes nobody's part away.",
        [first, second, back],
        [one, forge.confirmation(desk, callum, back)],
    )
    taken = stage.statement(moira, number=2, previous=first)
    yield case(
        "the-desk-taken",
        "A roster of herself, after one of three: nobody on it may confirm.",
        [first, taken],
        [one, forge.confirmation(desk, moira, taken), forge.confirmation(desk, callum, taken)],
    )
    yield case(
        "one-is-left-and-the-root",
        "A roster of one, after one of three: the root may.",
        [first, taken],
        [one, forge.confirmation(desk, None, taken)],
    )
    yield from of_one(stage, desk, case)


def of_one(stage: Stage, desk: Installation, case: Any) -> Iterator[Case]:
    """A desk of one person."""
    moira, _, callum, _ = stage.people.values()
    alone = stage.statement(moira, number=1, previous=bytes(HASH))
    goes_on = stage.statement(moira, number=2, previous=alone)
    renewed = stage.someone("Moira", days=(stage.start + 1, stage.start + 99), counsellor_id=moira.counsellor.counsellor_id)
    days = (stage.start + 1, stage.start + 14)
    under_new = stage.statement(renewed, signer=renewed, number=2, previous=alone, days=days)
    other = stage.someone("Ailsa", days=(stage.start + 1, stage.start + 99))
    others = stage.statement(other, signer=other, number=2, previous=alone, days=days)
    two = stage.statement(moira, other, number=2, previous=alone, days=days)
    after_two = stage.statement(moira, number=3, previous=two, days=days)
    both = stage.statement(moira, callum, number=1, previous=bytes(HASH))
    yield case("of-one", "Number 1 with a roster of one needs none.", [alone], [])
    yield case("of-one-goes-on", "The same person again.", [alone, goes_on], [])
    yield case("of-one-renewed", "The same person under a new certificate, with other keys.", [alone, under_new], [], [renewed])
    yield case("of-one-from-the-second", "What stood before is not known.", [goes_on], [])
    yield case("of-another", "Another person alone: not without a word.", [alone, others], [], [other])
    yield case("of-one-and-a-newcomer", "The newcomer confirms.", [alone, two], [forge.confirmation(desk, other, two)], [other])
    yield case("of-one-and-a-newcomer-unconfirmed", "The newcomer has not.", [alone, two, after_two], [], [other])
    yield case(
        "of-one-after-two", "Back to one: not without a word.", [alone, two, after_two], [forge.confirmation(desk, other, two)], [other]
    )
    yield case("first-of-two", "Number 1 with two on it.", [both], [forge.confirmation(desk, callum, both)])
    yield case("first-of-two-unconfirmed", "Number 1 with two on it needs the other's word.", [both], [])


def desks(cast: Cast) -> Iterator[Case]:
    desk = cast.later
    stage = Stage(cast)
    moira = desk.members["Moira"]
    given = {**cast.where(), "answer": desk.desk_answer(), "today": desk.today}

    def case(name: str, about: str, error: str | None = None, today: int = desk.today, **changes: Any) -> Case:
        return Case(f"desk-{name}", "7.2", "desk", about, {**given, "today": today, "answer": {**given["answer"], **changes}}, error)

    alone = stage.statement(moira, number=1, previous=bytes(HASH), days=(desk.today, desk.today + 13))
    goes_on = stage.statement(moira, number=2, previous=alone, days=(desk.today, desk.today + 13))
    yield case("unconfirmed", "Nobody has confirmed the epoch.", "BadConfirmation", confirmations=[])
    yield case("unconfirmed-and-over", "Nor is it of today.", "BadConfirmation", today=desk.today + 99, confirmations=[])
    without = [encode(desk.members[name].certificate) for name in ("Moira", "Isla")]
    yield case(
        "unconfirmed-and-unnamed",
        "Somebody on it has no certificate here, and so there is no confirmation.",
        "BadConfirmation",
        certificates=without,
    )
    altered = [encode(flip(desk.statements[1], -1))]
    yield case("unconfirmed-and-altered", "The statement does not hold, and is not confirmed.", "BadStatement", statements=altered)
    yield case("no-statement", "There is none.", "BadStatement", statements=[])
    yield case("of-one", "One person's desk, in its second epoch.", statements=[encode(alone), encode(goes_on)], confirmations=[])
    yield case(
        "of-one-without-the-first",
        "The same, and where it began is kept back.",
        "BadConfirmation",
        statements=[encode(goes_on)],
        confirmations=[],
    )
    later = [encode(desk.statements[0]), encode(desk.statements[1])]
    yield case("older-last", "The statements are the wrong way round.", "BadStatement", statements=later[::-1])
    yield case("chain", "The one before is told as well.", statements=later)


def cases(cast: Cast) -> Iterator[Case]:
    yield from one_by_one(cast)
    yield from chains(cast)
    yield from desks(cast)
