"""Cases that decide between two readings of a sentence: each fails for an implementation that took the other one."""

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from messaging.protocol.encoding import encode, hashed, u32
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.openings import open_as_desk
from messaging.protocol.peer.plaintext import Ack
from messaging.protocol.wire import Envelope, Opening, Statement
from tests.vectors.making import forge
from tests.vectors.making.again import forked
from tests.vectors.making.carries import Author
from tests.vectors.making.confirmations import Stage
from tests.vectors.making.maker import JSON, Maker, forged
from tests.vectors.making.plaintexts import padded
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip
from tests.world.peers import Conversation, Installation

SEQUENCE, EPOCH, SUITE = 23, 19, 1


def lower(cast: Cast) -> Iterator[Case]:
    """An envelope of a lower sequence than the next."""
    talk = cast.talk
    one, two, _, four = talk.envelopes
    unknown = edit(two, EPOCH, u32(9))
    other = forged(cast, talk, epoch=1, direction=2, ack=(0, bytes(32)), name="second-first-reply", writer="Moira", before=0)
    after = forged(cast, talk, epoch=1, direction=1, ack=(1, hashed("envelope", other)), name="reads-a-lower-one", before=1)
    for side in ("person", "Moira"):
        maker = Maker(cast, talk, side)
        yield maker.case(
            "lower-sequence-of-no-epoch", "Its sequence is looked at before its epoch.", **maker.envelopes([*talk.envelopes, unknown])
        )
        yield maker.case(
            "lower-sequence-is-acknowledged", "What has its place already stands all the same.", **maker.envelopes([one, two, other, after])
        )
        wrong = edit(edit(two, SUITE, b"\5"), SEQUENCE, u32(9))
        yield maker.case(
            "malformed-of-another-sequence", "The sequence of what is malformed is the next.", **maker.envelopes([one, wrong, four])
        )


def epochs(cast: Cast) -> Iterator[Case]:
    """What an envelope that failed does to the epochs after it."""
    talk = cast.person_opened
    one, two, three, _ = talk.envelopes
    older = forged(cast, talk, epoch=1, direction=1, ack=(1, hashed("envelope", two)), name="after-a-failed-epoch", before=2)
    for side in ("person", "Callum"):
        maker = Maker(cast, talk, side)
        yield maker.case(
            "failed-epoch-is-no-floor",
            "A message of the second epoch failed; one of the first follows.",
            **maker.envelopes([one, two, flip(three, 4000), older]),
        )
    talk = cast.desk_opened
    one, two, three, _ = talk.envelopes
    failed = flip(three, 4000)
    claims = forged(cast, talk, epoch=1, direction=1, ack=(2, hashed("envelope", failed)), name="reads-a-failed-one", before=1)
    absent = forged(cast, talk, epoch=1, direction=1, ack=(2, bytes([7]) * 32), name="reads-another-one", before=1)
    for side in ("person", "Isla"):
        maker = Maker(cast, talk, side)
        yield maker.case(
            "older-than-a-failed-one",
            "It acknowledges a reply of a later epoch that failed.",
            **maker.envelopes([one, two, failed, claims]),
        )
        yield maker.case(
            "late-and-missing",
            "It acknowledges a reply of the later epoch's number that does not stand.",
            **maker.envelopes([one, two, three, absent]),
        )


def openings(cast: Cast) -> Iterator[Case]:
    """How many of an epoch's openings a reader takes, and what those need that stand before."""
    talk = cast.desk_opened
    desk: Installation = talk.desk
    isla, statement, first = desk.members["Isla"], Statement.parse(desk.statements[1]), Opening.parse(talk.openings[0])
    more = [
        open_as_desk(desk.site, desk.open("Isla"), first.inbox_id, talk.inbox.kem_public, first.life, statement, Stream(f"opening-{each}"))
        for each in ("second", "third")
    ]
    raws = [*talk.openings, *(raw for _, raw in more)]
    secret, third = more[1]
    last = Envelope.parse(talk.envelopes[2])
    place = EnvelopePlace(first.conversation, 2, 2, hashed("opening", third), last.sequence + 1, last.envelope_hash)
    ack = Envelope.parse(talk.envelopes[3])
    inside = padded({"type": "text", "text": "Under the third.", "ack": {"sequence": 2, "hash": encode(ack.envelope_hash)}})
    reply = seal_envelope(desk.site, secret, place, inside, (isla.counsellor, forge.id_of(isla)), random=Stream("under-the-third"))
    for side in ("person", "Isla"):
        maker = Maker(cast, talk, side)
        yield maker.case(
            "three-openings-of-one",
            "A reader counts no openings: the server does.",
            openings=list(map(encode, raws)),
            **maker.envelopes([*talk.envelopes, reply]),
        )
        yield maker.case("opening-comes-again", "The same opening twice.", openings=[encode(each) for each in (*talk.openings, raws[0])])
    maker = Maker(cast, talk, "Isla")
    reader = maker.input["reader"]
    grants = [each for each in reader["me"]["grants"] if each["epoch"] != 1]
    yield maker.case(
        "first-epoch-not-granted",
        "The person's opening is authentic, and its secret is not this reader's: the desk's after it holds.",
        reader={**reader, "me": {**reader["me"], "grants": grants}},
    )


def known(cast: Cast) -> Iterator[Case]:
    """What a reader at the desk takes from its own chain, and what not."""
    maker = Maker(cast, cast.talk, "Moira")
    callum = encode(cast.desk.members["Callum"].certificate)
    yield maker.case(
        "certificate-elsewhere",
        "Callum's certificate is in the counsellor's own answer alone.",
        certificates=[each for each in maker.input["answer"]["certificates"] if each != callum],
    )
    desk = copy.deepcopy(cast.desk)
    desk.random = Stream("standing")
    desk.next_epoch("Moira", ["Moira", "Isla"])
    desk.next_epoch("Moira", ["Moira", "Callum", "Isla"], by=None)
    desk.confirmations.append(forge.confirmation(desk, desk.members["Callum"], desk.statements[-1]))
    talk = Conversation(desk, cast.inbox)
    talk.first("Is anyone there?")
    for side in ("person", "Moira"):
        about = "Callum, whom the epoch before left off, confirmed the third: only who knows the second can tell."
        yield Maker(cast, talk, side).case("standing-statement", about)


def again(cast: Cast) -> Iterator[Case]:
    """Statements that do not count bind nobody; neither does a desk that ended."""
    later = cast.person_opened
    answer = later.answer()
    first = {**answer, "envelopes": answer["envelopes"][:2], "days": answer["days"][:2], "openings": answer["openings"][:1]}
    first = {**first, "confirmations": first["confirmations"][:1]}
    fork = encode(forked(cast.later, 2))
    given = {
        **cast.where(),
        "reader": cast.person(),
        "before": {**first, "statements": [first["statements"][0], fork]},
        "before_today": cast.desk.today,
        "after": first,
        "after_today": cast.desk.today,
    }
    about = "Another second statement; neither is confirmed."
    yield Case("thread-again-unconfirmed-person", "5.4", "thread-again", about, given)
    reader = cast.counsellor(cast.later, "Callum")
    whole = reader.pop("me")
    reader.pop("side")
    ended = Statement.parse(cast.later.statements[1]).last_day + 1
    given = {**cast.where(), **reader, "before": whole, "before_today": cast.later.today, "after": whole, "after_today": ended}
    yield Case("open-desk-again-ended", "5.4", "open-desk-again", "The current epoch has ended since.", given)


def chains(cast: Cast) -> Iterator[Case]:
    stage = Stage(cast)
    moira, _, callum, _ = stage.people.values()
    alone = stage.statement(moira, number=2, previous=stage.first)
    shared = stage.statement(moira, callum, number=2, previous=stage.first)

    def case(name: str, about: str, second: bytes) -> Case:
        words = [encode(forge.confirmation(cast.later, callum, shared))]
        given = {**stage.given(), "statements": [encode(stage.first), encode(second)], "confirmations": words}
        return Case(f"statements-{name}", "2.15", "statements", about, {**given, "day": stage.start})

    yield case("second-without-the-first", "Nobody has confirmed the first: nothing stands, and the second's words are enough.", shared)
    yield case("of-one-without-the-first", "Nobody has confirmed the first: a roster of one needs a word.", alone)


def desks(cast: Cast) -> Iterator[Case]:
    desk = cast.later
    member = desk.members["Callum"]
    me = desk.me("Callum")
    others = [each for each in me["certificates"] if each != me["certificate"]]
    given = {
        **cast.where(),
        "counsellor_id": encode(member.counsellor.counsellor_id),
        "secret": encode(member.counsellor.secret),
        "me": {**me, "certificates": others},
        "today": desk.today,
    }
    about = "Callum's own certificate stands in `certificate` alone: the roster has none of his."
    yield Case("open-desk-own-certificate-alone", "8.4", "open-desk", about, given)


def notes(cast: Cast) -> Iterator[Case]:
    author = Author(cast, cast.later, Opening.parse(cast.talk.openings[0]).conversation)
    elsewhere = Author(cast, cast.later, bytes(16))
    desk = author.desk
    one = author.note("Callum", "One.", 1)
    unsigned = flip(author.note("Callum", "Badly signed.", 1), -1)
    other = elsewhere.note("Callum", "Of another conversation.", 1)
    reader = cast.counsellor(desk, "Callum")

    def case(name: str, about: str, raws: Sequence[bytes], **changes: Any) -> Case:
        listed = [{"note": encode(raw), "day": "2026-09-04", "carries": []} for raw in raws]
        given: JSON = {
            **cast.where(),
            "reader": reader,
            "conversation": encode(author.subject),
            "thread": None,
            "today": desk.today,
            "answer": {"notes": listed, "certificates": desk.certificates()},
        }
        return Case(f"notes-{name}", "6.2", "notes", about, {**given, **changes})

    names_unsigned = author.note("Callum", "Two.", 1, [unsigned])
    names_other = author.note("Callum", "Two elsewhere.", 1, [other])
    yield case("names-an-unsigned-one", "A named note stands, and its signature fails.", [unsigned, names_unsigned])
    yield case("names-one-elsewhere", "A named note stands, and is of another conversation.", [other, names_other])
    second = author.note("Isla", "Of the second epoch.", 2)
    unconfirmed = {**reader, "me": {**reader["me"], "confirmations": reader["me"]["confirmations"][:1]}}
    about = "Nobody has confirmed the second epoch: who signed a note of it is not said."
    yield case("of-an-unconfirmed-epoch", about, [one, second], reader=unconfirmed)
    ended = Statement.parse(desk.statements[1]).last_day + 1
    gone = author.note("Fergus", "He has left.", 1)
    yield case("no-epoch-of-today", "There is no roster, so nobody is off it.", [gone], today=ended)
    newest = author.note("Callum", "Read to the third.", 2, [one], (Ack(9, bytes(32)), Ack()))
    yield case("acknowledges-without-a-thread", "What it acknowledges is compared with nothing.", [one, newest])


def cases(cast: Cast) -> Iterator[Case]:
    yield from lower(cast)
    yield from epochs(cast)
    yield from openings(cast)
    yield from known(cast)
    yield from again(cast)
    yield from chains(cast)
    yield from desks(cast)
    yield from notes(cast)
