"""Cases of statements and the desk's answer."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from messaging.protocol.encoding import encode
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.peer.primitives import kem_public
from tests.vectors.making import forge
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip
from tests.world.peers import TODAY, Member


def statements(cast: Cast) -> Iterator[Case]:
    desk, site = cast.later, cast.later.site
    moira, fergus, callum, isla = (desk.members[name] for name in ("Moira", "Fergus", "Callum", "Isla"))
    first, second = desk.statements
    roster = sorted(map(forge.id_of, (moira, callum, isla)))
    public = kem_public(Stream("third-epoch")(32))
    start = desk.today + 5
    good = forge.Draft(3, public, second, (start, start + 34), roster)
    certificates = [encode(member.certificate) for member in (moira, fergus, callum, isla)]

    def case(name: str, about: str, *chain: bytes, error: str | None = None, more: tuple[bytes, ...] = ()) -> Case:
        """Each statement is confirmed by Callum, whatever it is."""
        given = {**cast.where(), "certificates": [*certificates, *map(encode, more)], "statements": list(map(encode, chain)), "day": start}
        given |= {"confirmations": [encode(forge.confirmation(desk, callum, each)) for each in chain]}
        return Case(f"statements-{name}", "2.6", "statements", about, given, error)

    third = forge.statement(site, moira, good)
    yield case("one", "The first epoch.", first)
    yield case("three", "Three epochs; all include the day, the third is current.", first, second, third)
    yield case("from-the-second", "The one before the first of them is not known.", second, third)
    yield case("none", "No statement: no current epoch.")
    one_day = forge.statement(site, moira, replace(good, days=(start, start)))
    yield case("one-day", "An epoch of a single day.", second, one_day)
    new_holder = desk.members.get("Ailsa") or desk.join("Ailsa", key_holder=True, first_day=desk.today + 1)
    certified = forge.statement(site, new_holder, replace(good, roster=sorted([*roster, forge.id_of(new_holder)])))
    yield case(
        "newly-certified-signer",
        "The signer was not on the roster before, but was certified after it.",
        second,
        certified,
        more=(new_holder.certificate,),
    )
    changed: dict[str, tuple[forge.Draft, str]] = {
        "gap": (replace(good, number=4), "Number 4 follows number 2."),
        "again": (replace(good, number=2), "Number 2 again."),
        "wrong-previous": (replace(good, previous=first), "It names another statement as the one before."),
        "no-previous": (replace(good, previous=bytes(32)), "Number 3 with zeros for the one before."),
        "too-long": (replace(good, days=(start, start + 35)), "36 days."),
        "days-backwards": (replace(good, days=(start, start - 1)), "The last day is before the first."),
        "first-day-backwards": (replace(good, days=(desk.today - 1, desk.today + 10)), "It begins before the one before it."),
        "roster-unsorted": (replace(good, roster=[roster[1], roster[0], roster[2]]), "The roster is not in order."),
        "roster-twice": (replace(good, roster=[roster[0], roster[0], roster[1]]), "Somebody is on the roster twice."),
        "other-label": (replace(good, use="opening"), "Signed for another use."),
    }
    for name, (draft, about) in changed.items():
        raw = forge.statement(site, moira, draft)
        yield case(name, about, first, second, raw, error="BadStatement")
    first_with_link = forge.statement(site, moira, replace(good, number=1, previous=bytes([1]) * 32))
    yield case("first-with-previous", "Number 1 names one before it.", first_with_link, error="BadStatement")
    yield case("left-out", "The second of three is left out.", first, third, error="BadStatement")
    yield case("descending", "In the wrong order.", second, first, error="BadStatement")
    yield case("signature", "One bit of the signature is changed.", first, second, flip(third, -1), error="BadStatement")
    yield case("key-swapped", "The epoch's key is changed.", first, second, flip(third, 5), error="BadStatement")
    yield case("no-key-holder", "Signed by a counsellor.", first, second, forge.statement(site, callum, good), error="BadStatement")
    unnamed = forge.statement(site, moira, replace(good, roster=sorted(map(forge.id_of, (callum, isla)))))
    yield case("signer-not-on-it", "Who signs, and drew the key, is not on the roster.", first, second, unnamed, error="BadStatement")
    renewed = Member(moira.counsellor, forge.certificate(desk, moira, name=b"Moira", holder=1, days=(desk.today + 1, desk.today + 100)))
    after = replace(good, roster=sorted(map(forge.id_of, (renewed, callum, isla))))
    more = (renewed.certificate,)
    yield case(
        "signer-renewed",
        "Signed under a renewed certificate, which is on it.",
        first,
        second,
        forge.statement(site, renewed, after),
        more=more,
    )
    old = forge.statement(site, moira, after)
    yield case("signer-renewed-since", "A renewed certificate of the signer is on it.", first, second, old, error="BadStatement", more=more)
    ending = Member(moira.counsellor, forge.certificate(desk, moira, name=b"Moira", holder=1, days=(desk.today + 1, start + 33)))
    short = forge.statement(site, ending, replace(good, roster=sorted(map(forge.id_of, (ending, callum, isla)))))
    about = "The signer's certificate ends the day before the epoch does."
    yield case("signer-ends-before", about, first, second, short, error="BadStatement", more=(ending.certificate,))
    crowd = sorted([forge.id_of(moira), *(Stream(f"crowd-{each}")(16) for each in range(63))])
    yield case("roster-64", "As many on it as may.", first, second, forge.statement(site, moira, replace(good, roster=crowd)))
    over = forge.statement(site, moira, replace(good, number=9, roster=sorted([*crowd, Stream("crowd-63")(16)])))
    yield case("roster-65", "One more, and its number leaves a gap besides.", first, second, over, error="Malformed")
    yield from twice(cast, case, good)
    removed = forge.statement(site, fergus, replace(good, roster=sorted([*roster, forge.id_of(fergus)])))
    yield case(
        "removed-key-holder", "Signed by a key-holder who was taken off the roster before: it does not count.", first, second, removed
    )
    late = desk.join("Late", key_holder=True, first_day=start + 1)
    del desk.members["Late"]
    early = forge.statement(site, late, replace(good, roster=sorted([*roster, forge.id_of(late)])))
    yield case(
        "signer-not-yet", "The signer's certificate begins a day later.", second, early, error="BadStatement", more=(late.certificate,)
    )
    stranger = cast.stranger_desk.members["Moira"]
    theirs = forge.statement(cast.stranger_desk.site, stranger, replace(good, roster=sorted([*roster, forge.id_of(stranger)])))
    yield case("unknown-signer", "Signed by another organisation's key-holder.", second, theirs, error="BadStatement")
    own_word = forge.statement(cast.stranger_desk.site, moira, good)
    yield case("other-site", "Signed by the key-holder for another organisation.", second, own_word, error="BadStatement")
    certificate = Case(
        "statements-certificate-of-another-root",
        "2.6",
        "statements",
        "A certificate that the root did not sign.",
        {
            **cast.where(),
            "certificates": [*certificates, encode(stranger.certificate)],
            "statements": [encode(first)],
            "confirmations": [],
            "day": start,
        },
        "BadCertificate",
    )
    yield certificate
    malformed = {
        "version": (forge.statement(site, moira, replace(good, version=1)), "Version 1."),
        "number-zero": (forge.statement(site, moira, replace(good, number=0)), "Number 0."),
        "empty-roster": (forge.statement(site, moira, replace(good, roster=[])), "Nobody on the roster."),
        "trailing-byte": (third + b"\0", "A byte too many."),
        "roster-count": (edit(third, 1277, b"\0\2"), "The count says less than there is."),
    }
    for name, (raw, about) in malformed.items():
        yield case(name, about, first, second, raw, error="Malformed")
    desk.members.pop("Ailsa", None)


def twice(cast: Cast, case: Callable[..., Case], good: forge.Draft) -> Iterator[Case]:
    """Two certificates of one person on a roster: each shares one thing with Callum's, and with nobody's else."""
    desk = cast.later
    first, second = desk.statements
    moira, callum = desk.members["Moira"], desk.members["Callum"]
    stranger = derive_counsellor(desk.site, Stream("twice-id")(16), Stream("twice")(32))
    shared = {
        "id": (replace(stranger, counsellor_id=callum.counsellor.counsellor_id), "counsellor id"),
        "kem-public": (replace(stranger, kem_public=callum.counsellor.kem_public), "key to wrap to"),
        "sign-public": (replace(stranger, sign_public=callum.counsellor.sign_public), "signing key"),
    }
    for name, (keys, what) in shared.items():
        again = Member(keys, b"")
        again.certificate = forge.certificate(desk, again, name=b"Somebody", days=(desk.today, desk.today + 99))
        raw = forge.statement(desk.site, moira, replace(good, roster=sorted([*good.roster, forge.id_of(again)])))
        about = f"Two certificates on the roster have one {what}."
        yield case(f"twice-{name}", about, first, second, raw, error="BadStatement", more=(again.certificate,))
    other = Member(stranger, b"")
    other.certificate = forge.certificate(desk, other, days=(desk.today, desk.today + 99))
    raw = forge.statement(desk.site, moira, replace(good, roster=sorted([*good.roster, forge.id_of(other)])))
    yield case("same-name", "Two people of one name may be on a roster.", first, second, raw, more=(other.certificate,))


def desks(cast: Cast) -> Iterator[Case]:
    desk = cast.desk
    answer = desk.desk_answer()
    today = {**cast.where(), "answer": answer, "today": TODAY}
    yield Case("desk-today", "7.2", "desk", "Who can read today.", today)
    yield Case("desk-last-day", "7.2", "desk", "The epoch's last day counts.", {**today, "today": TODAY + 34})
    yield Case("desk-day-after", "7.2", "desk", "The epoch ended yesterday.", {**today, "today": TODAY + 35}, "BadDates")
    yield Case("desk-day-before", "7.2", "desk", "The epoch begins tomorrow.", {**today, "today": TODAY - 1}, "BadDates")
    second = {**today, "answer": cast.later.desk_answer(), "today": cast.later.today}
    yield Case("desk-second-epoch", "7.2", "desk", "The statement before is not needed.", second)
    without = {**answer, "certificates": [encode(desk.members[name].certificate) for name in ("Moira", "Fergus")]}
    yield Case("desk-somebody-unnamed", "7.2", "desk", "Somebody on the roster is not named.", {**today, "answer": without}, "BadStatement")
    unsigned = {**answer, "certificates": [encode(desk.members[name].certificate) for name in ("Fergus", "Callum")]}
    yield Case("desk-unknown-signer", "7.2", "desk", "The signer's certificate is missing.", {**today, "answer": unsigned}, "BadStatement")
    flipped = {**answer, "certificates": [answer["certificates"][0], encode(flip(desk.members["Fergus"].certificate, -1))]}
    yield Case("desk-bad-certificate", "7.2", "desk", "A certificate's signature fails.", {**today, "answer": flipped}, "BadCertificate")
    elsewhere = {**today, **cast.where(cast.stranger_desk)}
    yield Case("desk-other-root", "7.2", "desk", "All of it belongs to another root.", elsewhere, "BadCertificate")


def cases(cast: Cast) -> Iterator[Case]:
    yield from statements(cast)
    yield from desks(cast)
