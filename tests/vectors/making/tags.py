"""Cases of tags: by what a reader knows that a message is the person's, and no colleague's in their name (§4.6)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from messaging.protocol.encoding import encode
from messaging.protocol.peer.tags import TagContext, persons_tag_keys, tags_of
from messaging.protocol.wire import Certificate, Envelope, Statement
from tests.vectors.making import forge
from tests.vectors.making.maker import Maker, forged
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip
from tests.world.peers import Conversation, Member

AT = 8315
TAG = 16


def place_of(talk: Conversation, name: str, epoch: int = 1) -> int:
    """Where a counsellor's tag stands, from 0."""
    return Statement.parse(talk.desk.statements[epoch - 1]).roster.index(forge.id_of(talk.desk.members[name]))


def tagged(cast: Cast, raw: bytes, statement: bytes, publics: list[bytes]) -> bytes:
    """The envelope with the tags that the person would make for these keys."""
    envelope, parsed = Envelope.parse(raw), Statement.parse(statement)
    keys = persons_tag_keys(TagContext(cast.desk.site, envelope.conversation, parsed), cast.inbox, publics)
    return edit(raw, AT, tags_of(keys, envelope.header, envelope.ciphertext))


def alone(cast: Cast) -> Iterator[Case]:
    talk, desk = cast.talk, cast.desk
    raw, moira = talk.envelopes[2], desk.members["Moira"]
    good: dict[str, Any] = {
        **cast.where(),
        "words": " ".join(cast.words),
        "inbox_secret": encode(cast.inbox.secret),
        "tag_public": encode(cast.inbox.tag_public),
        "counsellor_id": encode(moira.counsellor.counsellor_id),
        "secret": encode(moira.counsellor.secret),
        "statement": encode(desk.statements[0]),
        "certificates": desk.certificates(),
        "envelope": encode(raw),
    }

    def case(name: str, about: str, error: str | None = None, **change: Any) -> Case:
        return Case(f"tags-{name}", "4.6", "tags", about, {**good, **change}, error)

    def altered(name: str, about: str, changed: bytes) -> Case:
        return case(name, about, envelope=encode(changed))

    own, other = AT + TAG * place_of(talk, "Moira"), AT + TAG * place_of(talk, "Callum")
    yield case("right", "Each of the roster has the tag that is theirs.")
    yield case("newcomer", "Isla was not on that roster: there is none for her to check.", **_keys(desk.members["Isla"]))
    yield altered("wrong", "One bit of Moira's tag is changed.", flip(raw, own))
    yield altered("another-wrong", "One bit of Callum's tag is changed: Moira cannot know, and the person can.", flip(raw, other))
    yield altered("missing", "Zeros in Moira's place.", edit(raw, own, bytes(TAG)))
    yield altered("none", "Zeros in every place.", edit(raw, AT, bytes(1024)))
    yield altered("swapped", "Moira's and Callum's are swapped.", edit(edit(raw, own, raw[other:][:TAG]), other, raw[own:][:TAG]))
    yield altered("place-of-nobody", "Something stands in a place that is nobody's.", edit(raw, AT + TAG * 63, b"\1"))
    yield case(
        "newcomer-place-of-nobody",
        "Isla was not on that roster, and something stands in a place that is nobody's.",
        envelope=encode(edit(raw, AT + TAG * 63, b"\1")),
        **_keys(desk.members["Isla"]),
    )
    yield altered("other-message", "The tags of another message.", edit(raw, AT, talk.envelopes[0][AT : AT + 1024]))
    yield altered("other-conversation", "Another person's tags.", edit(raw, AT, cast.other_talk.envelopes[0][AT : AT + 1024]))
    later = [encode(each) for each in (cast.later.statements[1],)]
    yield case("other-statement", "Another statement than the one that they were made under.", statement=later[0])
    unnamed = [each for each in desk.certificates() if each != encode(desk.members["Callum"].certificate)]
    yield case(
        "colleague-unnamed", "Callum's certificate is not there: Moira can check hers, the person cannot check all.", certificates=unnamed
    )
    herself = [each for each in desk.certificates() if each != encode(moira.certificate)]
    yield case("own-unnamed", "Moira's certificate is not there: nobody can say that she had no place.", certificates=herself)
    yield case("inbox-low-order", "The inbox's key is of low order: with such a key nothing is agreed.", tag_public=encode(bytes(32)))
    replies = {"envelope": encode(edit(talk.envelopes[1], AT + 5, b"\1"))}
    yield case("on-a-reply", "A tag on a reply.", "Malformed", **replies)
    yield from low_order(cast, case, raw)


def _keys(member: Member) -> dict[str, str]:
    return {"counsellor_id": encode(member.counsellor.counsellor_id), "secret": encode(member.counsellor.secret)}


def low_order(cast: Cast, case: Any, raw: bytes) -> Iterator[Case]:
    """A counsellor's key with which nothing can be agreed: zeros stand in that place."""
    desk, moira = cast.desk, cast.desk.members["Moira"]
    weak = Member(replace(desk.members["Callum"].counsellor, tag_public=bytes([1]) + bytes(31)), b"")
    weak.certificate = forge.certificate(desk, weak, days=(desk.today, desk.today + 99))
    roster = sorted([forge.id_of(moira), forge.id_of(weak)])
    kem = Statement.parse(desk.statements[0]).kem_public
    draft = forge.Draft(number=1, kem_public=kem, previous=bytes(32), days=(desk.today, desk.today + 13), roster=roster)
    statement = forge.statement(desk.site, moira, draft)
    known = {forge.id_of(each): Certificate.parse(each.certificate).tag_public for each in (moira, weak)}
    good = tagged(cast, raw, statement, [known[each] for each in roster])
    given = {"statement": encode(statement), "certificates": [encode(moira.certificate), encode(weak.certificate)]}
    yield case("low-order", "A key of low order on the roster: zeros in that place.", **given, envelope=encode(good))
    there = edit(good, AT + TAG * roster.index(forge.id_of(weak)), Stream("low-order")(TAG))
    yield case("low-order-filled", "Something in the place of a key of low order.", **given, envelope=encode(there))


def in_threads(cast: Cast) -> Iterator[Case]:
    talk = cast.talk
    one, two, three, four = talk.envelopes
    readers = {name: Maker(cast, talk, name) for name in ("person", "Moira", "Callum")}

    def case(who: str, name: str, about: str, raws: list[bytes]) -> Case:
        maker = readers[who]
        made = maker.case(f"tag-{name}", about, **maker.envelopes(raws))
        return replace(made, name=f"{made.name}-{who.lower()}") if who == "Callum" else made

    forgery = [one, two, edit(three, AT, bytes(1024))]
    wrong = [one, two, flip(three, AT + TAG * place_of(talk, "Callum"))]
    nobodys = [one, two, edit(three, AT + 1023, b"\1")]
    for who in readers:
        yield case(who, "none", "Written in the person's name by somebody who has the secret.", forgery)
        yield case(who, "wrong-for-callum", "True for Moira and not for Callum.", wrong)
    yield case("Moira", "place-of-nobody", "Something stands in a place that is nobody's.", nobodys)
    yield case("person", "of-a-reply", "A tag on a reply, which has none.", [one, edit(two, AT, b"\1"), three, four])
    newcomer = Maker(cast, cast.person_opened, "Isla")
    yield newcomer.case("tag-newcomer", "Isla was not on the roster of the first epoch, and is on that of the second.")


def late(cast: Cast) -> Iterator[Case]:
    """A person's message of the first epoch stands after a reply of the second, which it does not acknowledge."""
    talk = cast.desk_opened
    first = Envelope.parse(talk.envelopes[0])
    acks = {"": Envelope.parse(talk.envelopes[1]), "-nothing-read": None}
    for name, read in acks.items():
        ack = (0, bytes(32)) if read is None else (read.sequence, read.envelope_hash)
        raw = forged(cast, talk, epoch=first.epoch, direction=1, ack=ack, name=f"late{name}", before=1)
        for side in ("person", "Moira"):
            maker = Maker(cast, talk, side)
            about = "Of the first epoch, after a reply of the second that it does not acknowledge."
            yield maker.case(f"late{name}", about, **maker.envelopes([*talk.envelopes[:3], raw]))


def cases(cast: Cast) -> Iterator[Case]:
    yield from alone(cast)
    yield from in_threads(cast)
    yield from late(cast)
