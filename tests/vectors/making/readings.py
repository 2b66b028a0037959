"""Cases of threads that decide between two readings of a sentence: each fails for an implementation that took the other one."""

import copy
from collections.abc import Iterator

from messaging.protocol.encoding import encode, hashed, u32
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.openings import open_as_desk
from messaging.protocol.wire import Envelope, Opening, Statement
from tests.vectors.making import forge
from tests.vectors.making.maker import Maker, forged
from tests.vectors.making.plaintexts import padded
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip
from tests.world.peers import Conversation, Installation

SEQUENCE, EPOCH, SUITE, PREVIOUS = 23, 19, 1, 75


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


def named(cast: Cast) -> Iterator[Case]:
    """Who signed a reply that fails is named, whatever else of it fails."""
    talk = cast.talk
    one, two, three, four = talk.envelopes
    site, callum, moira = cast.desk.site, cast.desk.members["Callum"], cast.desk.members["Moira"]
    person = Maker(cast, talk, "person")
    garbage = forge.signed_envelope(site, callum, flip(two, 4000))
    loose = forge.signed_envelope(site, moira, flip(four, PREVIOUS))
    yield person.case("signed-garbage", "A reply does not open, and Callum signed it.", **person.envelopes([one, garbage, three, four]))
    yield person.case("signed-loose", "A reply names another before it, and Moira signed it.", **person.envelopes([one, two, three, loose]))
    talk = cast.desk_opened
    older = forged(cast, talk, epoch=1, direction=2, ack=(0, bytes(32)), name="signed-older", writer="Callum")
    person = Maker(cast, talk, "person")
    yield person.case("signed-older", "A reply of an older epoch, which Callum signed.", **person.envelopes([*talk.envelopes, older]))
    person = Maker(cast, cast.talk, "person")
    yield person.case("reply-alone-that-read", "It acknowledges the message that is gone: that is said once.", **person.envelopes([two]))


def known(cast: Cast) -> Iterator[Case]:
    """What a reader at the desk takes from its own chain, and what not."""
    maker = Maker(cast, cast.talk, "Moira")
    callum = encode(cast.desk.members["Callum"].certificate)
    yield maker.case(
        "certificate-elsewhere",
        "Callum's certificate is in the counsellor's own answer alone.",
        certificates=[each for each in maker.input["answer"]["certificates"] if each != callum],
    )
    newcomer = Maker(cast, cast.person_opened, "Isla")
    yield newcomer.case(
        "roster-elsewhere",
        "Callum's certificate is in Isla's own answer alone: it shows that the roster of the first epoch has no place of hers.",
        certificates=[each for each in newcomer.input["answer"]["certificates"] if each != callum],
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


def cases(cast: Cast) -> Iterator[Case]:
    yield from lower(cast)
    yield from epochs(cast)
    yield from openings(cast)
    yield from named(cast)
    yield from known(cast)
