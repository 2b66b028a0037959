"""Cases of whole threads: what a dishonest server might answer, and what the reader then says."""

from collections.abc import Callable, Iterator
from typing import Any

from messaging.protocol.encoding import decode, encode, hashed
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.tags import TagContext, persons_tag_keys
from messaging.protocol.wire import Envelope, Statement
from tests.vectors.making import forge
from tests.vectors.making.maker import Maker, forged, publics_of
from tests.vectors.making.openings import server_made
from tests.vectors.making.plaintexts import padded
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip
from tests.world.peers import Conversation


def moved(cast: Cast) -> Iterator[Case]:
    """The order of envelopes is changed; both sides see the same."""
    talk = cast.talk
    one, two, three, four = talk.envelopes
    orders = {
        "replayed": ([one, two, three, four, three], "A message comes again."),
        "replayed-reply": ([one, two, two, three, four], "A reply comes again."),
        "dropped": ([one, two, four], "The person's second message is left out."),
        "dropped-first": ([two, three, four], "The first message is left out."),
        "reordered": ([three, two, one, four], "The person's messages change places."),
        "answered-tail-cut": ([one, three], "A reply that was acknowledged is cut off, and what came after it."),
        "unanswered-tail-cut": ([one, two, three], "A reply that nobody has answered is cut off: this cannot be seen."),
        "reply-moved": ([one, three, two, four], "A reply stands after the message that answered it."),
        "other-conversation": ([one, cast.other_talk.envelopes[1], three, four], "A reply out of another conversation."),
    }
    for side in ("person", "Callum"):
        maker = Maker(cast, talk, side)
        yield maker.case("four-messages", "All is well.")
        for name, (order, about) in orders.items():
            yield maker.case(name, about, **maker.envelopes(order))


def altered(cast: Cast) -> Iterator[Case]:
    """Single bytes, seen in the thread."""
    talk = cast.talk
    one, two, three, four = talk.envelopes
    person, desk = Maker(cast, talk, "person"), Maker(cast, talk, "Moira")
    yield person.case(
        "reply-altered", "One bit of a reply: the person's messages are read on.", **person.envelopes([one, flip(two, 4000), three, four])
    )
    yield desk.case(
        "message-altered", "One bit of a message: the desk's are read on.", **desk.envelopes([one, two, flip(three, 4000), four])
    )
    yield person.case("too-short", "An envelope without a direction counts as the desk's.", **person.envelopes([one, b"\1\1", three, four]))
    yield person.case("unsigned-reply", "The signature is zeros.", **person.envelopes([one, two[:-64] + bytes(64), three, four]))
    yield person.case("version-one", "An envelope of version 1.", **person.envelopes([edit(one, 0, b"\1"), two, three, four]))
    swapped = [each for each in talk.desk.certificates() if each != encode(talk.desk.members["Callum"].certificate)]
    theirs = encode(cast.stranger_desk.members["Moira"].certificate)
    yield person.case("swapped-key", "Callum's certificate is replaced by one of another root.", certificates=[*swapped, theirs])
    off = forged(cast, talk, epoch=1, direction=2, ack=(0, bytes(32)), name="off-roster", writer="Isla", before=0)
    yield person.case("off-roster", "A reply by somebody who is not on the roster.", **person.envelopes([one, off]))
    kind = forged_kind(cast, talk)
    yield desk.case(
        "unknown-kind", "A kind that is not known is named, and nothing of it shown.", **desk.envelopes([one, two, three, four, kind])
    )
    yield person.case("no-envelopes", "Nothing there.", **person.envelopes([]))
    yield person.case("not-base64url", "An envelope that is not base64url.", "Malformed", **person.envelopes([encode(one) + "="]))
    yield person.case("days-missing", "A day is missing.", "Malformed", days=["2026-09-04"])


def forged_kind(cast: Cast, talk: Conversation) -> bytes:
    chain = [Envelope.parse(raw) for raw in talk.envelopes if Envelope.parse(raw).direction == 1]
    last = Envelope.parse(talk.envelopes[3])
    place = EnvelopePlace(last.conversation, 1, 1, last.opening_hash, len(chain) + 1, chain[-1].envelope_hash)
    inside = padded({"type": "drawing", "text": "hidden", "ack": {"sequence": 2, "hash": encode(last.envelope_hash)}})
    statement = Statement.parse(talk.desk.statements[0])
    tag_keys = persons_tag_keys(TagContext(talk.desk.site, last.conversation, statement), talk.inbox, publics_of(talk.desk, statement))
    return seal_envelope(talk.desk.site, cast.secret(talk, 1), place, inside, None, tag_keys, Stream("drawing"))


def sealed_twice(cast: Cast) -> Iterator[Case]:
    """An author sealed again after a conflict, and a server has both: what goes on from one of them stands after the other."""
    talk = cast.talk
    one, two, three, four = talk.envelopes
    seen = {1: (1, hashed("envelope", one)), 2: (1, hashed("envelope", two))}
    twin = forged(cast, talk, epoch=1, direction=1, ack=seen[2], name="twin", before=1)
    after = forged(cast, talk, epoch=1, direction=1, ack=seen[2], name="after-the-other")
    replies = [
        forged(cast, talk, epoch=1, direction=2, ack=seen[1], name=f"reply-{name}", writer="Moira", before=before)
        for name, before in (("twin", 1), ("after-the-other", None))
    ]
    elsewhere = Envelope.parse(cast.other_talk.envelopes[0]).conversation
    moved_there = forged(cast, talk, epoch=1, direction=1, ack=(2, hashed("envelope", four)), name="elsewhere", conversation=elsewhere)
    for side in ("person", "Callum"):
        maker = Maker(cast, talk, side)
        yield maker.case(
            "other-branch", "A message that goes on from another than the one before it.", **maker.envelopes([one, two, twin, after])
        )
        yield maker.case("other-branch-of-replies", "A reply that does.", **maker.envelopes([one, two, *replies]))
        yield maker.case(
            "sealed-for-another",
            "A message whose header says another conversation, under an opening of this one.",
            **maker.envelopes([one, two, three, four, moved_there]),
        )


def acknowledged(cast: Cast) -> Iterator[Case]:
    """What an author says they have seen."""
    talk = cast.talk
    one, _, three, _ = talk.envelopes
    hashes = {index: hashed("envelope", raw) for index, raw in enumerate(talk.envelopes, 1)}
    makers = Maker(cast, talk, "person"), Maker(cast, talk, "Callum")

    def case(name: str, about: str, ack: tuple[int, bytes]) -> Iterator[Case]:
        last = forged(cast, talk, epoch=1, direction=1, ack=ack, name=name)
        for maker in makers:
            yield maker.case(name, about, **maker.envelopes([*talk.envelopes, last]))

    yield from case("ack-wrong-hash", "It acknowledges a reply with another hash: a reply was swapped.", (2, hashes[2]))
    yield from case("ack-of-the-future", "It acknowledges a third reply, of which there are two.", (3, hashes[3]))
    yield from case("ack-goes-back", "It acknowledges less than the message before.", (0, bytes(32)))
    yield from case("ack-good", "It acknowledges the newest reply.", (2, hashes[4]))
    person = makers[0]
    first = forged(cast, talk, epoch=1, direction=2, ack=(2, hashes[3]), name="early-ack", writer="Moira", before=0)
    yield person.case("ack-before-it-came", "A reply acknowledges a message that stands after it.", **person.envelopes([one, first, three]))


def epochs(cast: Cast) -> Iterator[Case]:
    """Two epochs."""
    for name, talk in {"opened-by-person": cast.person_opened, "opened-by-desk": cast.desk_opened}.items():
        for side in ("person", "Isla", "Callum"):
            maker = Maker(cast, talk, side)
            suffix = "-again" if side == "Callum" else ""
            yield maker.case(f"two-epochs-{name}{suffix}", "The thread goes on in a second epoch.")
        person = Maker(cast, talk, "person")
        first, second = person.input["answer"]["openings"]
        altered = [first, encode(flip(talk.openings[1], -1))]
        yield person.case(f"two-epochs-{name}-signature", "The second opening's signature fails: what names it fails.", openings=altered)
        yield person.case(f"two-epochs-{name}-opening-withheld", "The second opening is left out.", openings=[first])
        yield person.case(f"two-epochs-{name}-first-withheld", "The first opening is left out.", openings=[second])
    talk = cast.person_opened
    desk, person = Maker(cast, talk, "Isla"), Maker(cast, talk, "person")
    fergus = Maker(cast, talk, "Fergus")
    yield fergus.case("not-granted", "A counsellor who left reads the first epoch only.")
    made = encode(server_made(cast, talk, cast.later))
    yield desk.case("server-made-opening", "The server opens the second epoch itself.", openings=[encode(talk.openings[0]), made])
    first = Maker(cast, cast.talk, "person")
    yield first.case(
        "server-made-first-opening", "The server made the first opening.", openings=[encode(server_made(cast, cast.talk, cast.desk))]
    )
    yield from statements(cast, person, desk)
    last = Envelope.parse(talk.envelopes[3])
    old = forged(cast, talk, epoch=1, direction=1, ack=(1, hashed("envelope", talk.envelopes[1])), name="older-epoch")
    for maker in (person, desk):
        yield maker.case("older-epoch", "A message in the first epoch after one in the second.", **maker.envelopes([*talk.envelopes, old]))
    opened = cast.desk_opened
    third = hashed("envelope", opened.envelopes[2])
    older = forged(cast, opened, epoch=1, direction=1, ack=(2, third), name="older-than-acknowledged", before=1)
    reader = Maker(cast, opened, "Isla")
    yield reader.case(
        "older-than-acknowledged",
        "A message in an older epoch than the reply it acknowledges.",
        **reader.envelopes([*opened.envelopes[:3], older]),
    )
    wrong_epoch = [
        *talk.envelopes[:3],
        forge.signed_envelope(talk.desk.site, talk.desk.members["Isla"], edit(last.raw, 19, (1).to_bytes(4, "big"))),
    ]
    yield person.case("moved-to-older-epoch", "A reply's epoch is changed to the first, and signed.", **person.envelopes(wrong_epoch))


def statements(cast: Cast, person: Maker, desk: Maker) -> Iterator[Case]:
    """The chain of statements under a thread."""
    answer, installation = person.input["answer"], person.talk.desk
    first, second = (decode(each) for each in answer["statements"])
    known = Statement.parse(second)
    ends = known.first_day, known.last_day
    fork = forge.statement(
        installation.site,
        installation.members["Moira"],
        forge.Draft(
            number=2,
            kem_public=known.kem_public,
            previous=first,
            days=ends,
            roster=sorted([*known.roster, forge.id_of(installation.members["Fergus"])]),
        ),
    )
    forked = [encode(first), encode(fork)]
    yield person.case(
        "statement-swapped",
        "Another valid statement of number 2, signed by a key-holder: somebody else is on its roster.",
        statements=forked,
    )
    me = {**desk.input["reader"]["me"], "statements": forked}
    reader = {**desk.input["reader"], "me": me}
    yield desk.case("statement-differs-from-me", "The chain that the counsellor knows is another.", reader=reader)
    broken = [encode(first), encode(flip(second, -1))]
    yield person.case("statement-broken", "The second statement's signature fails.", statements=broken)
    opened = Maker(cast, cast.desk_opened, "person")
    yield opened.case("statement-broken-under-desks-opening", "The same, where the desk wrote first in that epoch.", statements=broken)
    yield person.case("statement-withheld", "The second statement is left out.", statements=broken[:1])
    yield person.case("first-statement-withheld", "The first statement is left out.", statements=[encode(second)])
    yield person.case("day-after", "No epoch of today: it can be read, and not written.", today=known.last_day + 1)
    yield person.case("day-of-both", "Both epochs include the day: the second is current.", today=known.first_day)
    unnamed = [each for each in answer["certificates"] if each != encode(installation.members["Callum"].certificate)]
    talk = Maker(cast, cast.desk_opened, "person")
    yield talk.case(
        "somebody-unnamed",
        "A certificate of the roster is missing: it can be read where it is not needed, and not written.",
        certificates=unnamed,
    )


def keys(cast: Cast) -> Iterator[Case]:
    """Answers that are of another inbox."""
    person, desk = Maker(cast, cast.talk, "person"), Maker(cast, cast.talk, "Moira")
    other = cast.other_inbox
    theirs: dict[str, Any] = {name: encode(getattr(other, name)) for name in ("kem_public", "sign_public", "tag_public")}
    inbox = encode(other.inbox_id)
    change: Callable[..., Case]
    for maker in (person, desk):
        change = maker.case
        yield change(
            "other-kem-public",
            "Another key to wrap to: what a server would swap to read along.",
            "Malformed",
            kem_public=theirs["kem_public"],
        )
        yield change("other-sign-public", "Another signing key.", "Malformed", sign_public=theirs["sign_public"])
        yield change("other-tag-public", "Another key for tags.", "Malformed", tag_public=theirs["tag_public"])
    yield desk.case("other-inbox-id", "The keys are right, the id is not.", "Malformed", inbox_id=inbox)
    yield desk.case("whole-other-inbox", "Keys and id of another inbox: no opening of this one holds.", **theirs, inbox_id=inbox)
    yield person.case("whole-other-inbox", "Keys and id of another inbox.", "Malformed", **theirs, inbox_id=inbox)


def cases(cast: Cast) -> Iterator[Case]:
    yield from moved(cast)
    yield from altered(cast)
    yield from sealed_twice(cast)
    yield from acknowledged(cast)
    yield from epochs(cast)
    yield from keys(cast)
