"""Conversations about which a server lies, one for each warning of PROTOCOL §5.2: what is altered, kept back or added is real bytes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from helpline.clock import now
from messaging.conversations.append import add_envelope_rows, lock_conversation
from messaging.desk.open_conversation import open_conversation
from messaging.keys.registry import GrantIn, add_epoch
from messaging.protocol.days import day_of
from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, decode, encode
from messaging.protocol.peer import open_desk_epoch, plaintext, read_as_desk
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.tags import TagContext, tag_key
from messaging.protocol.wire import Envelope
from tests.journeys.answers import answers
from tests.world.staff import DeskPerson, People
from tests.world.writer import Writer

ASKED, ANSWERED, ASKED_AGAIN, ANSWERED_AGAIN = "First of mine", "First of theirs", "Second of mine", "Second of theirs"
FORGED = "In the person’s name"
Answer = dict[str, Any]
Change = Callable[[Answer], None]


@dataclass(frozen=True)
class Lie:
    """A conversation, what the server changes in its answer, and the texts that must not be shown then."""

    writer: Writer
    change: Change = field(default=lambda _: None)
    unseen: tuple[str, ...] = ()
    # Whether it is about what the person wrote.
    mine: bool = False


def order(*places: int) -> Change:
    def change(answer: Answer) -> None:
        for key in ("envelopes", "days"):
            answer[key] = [answer[key][place] for place in places]

    return change


def altered(key: str, item: int, place: int) -> Change:
    """One bit of one value in a list."""

    def change(answer: Answer) -> None:
        raw = bytearray(decode(answer[key][item]))
        raw[place] ^= 1
        answer[key][item] = encode(bytes(raw))

    return change


def without_bhavnas_certificate(answer: Answer) -> None:
    answer["certificates"] = [raw for raw in answer["certificates"] if b"Bhavna" not in decode(raw)]


def honest(people: People) -> Writer:
    """Two messages each way; the second reply is Bhavna's."""
    writer = Writer(people).first(ASKED)
    answers(people, people.ailsa, writer, ANSWERED)
    writer.again(ASKED_AGAIN)
    answers(people, people.bhavna, writer, ANSWERED_AGAIN)
    return writer


def forge(people: People, rogue: DeskPerson, writer: Writer) -> None:
    """What a counsellor can seal in the person's name under their first opening, with the one tag that she can make: her own."""
    at, opened = now(), people.desk_of(rogue)
    thread = read_as_desk(people.site, opened, open_conversation(rogue.member, writer.conversation_id, at=at), day_of(at))
    chain, opening = thread.chains[FROM_PERSON], next(iter(thread.openings.values()))
    content = {"type": "text", "text": FORGED}
    padded = plaintext.write_plaintext(content, thread.newest(FROM_DESK), FROM_PERSON, chain.next)
    epoch, named = opening.opening.epoch, opening.opening.opening_hash
    place = EnvelopePlace(thread.answer.conversation, FROM_PERSON, epoch, named, chain.next, chain.previous)
    statement, own = thread.statements[epoch], people.desk_of(rogue).certificates
    context = TagContext(people.site, place.conversation, statement)
    ids = [each for each in statement.roster if own[each].counsellor_id == rogue.vault.counsellor.counsellor_id]
    key = tag_key(context, opened.counsellor.tag_seed, writer.inbox.tag_public, ids[0])
    raw = seal_envelope(people.site, opening.secret, place, padded, None, [key if each in ids else None for each in statement.roster])
    with transaction.atomic():
        conversation = lock_conversation(conversation_id=writer.conversation_id)
        assert conversation is not None
        add_envelope_rows(conversation, None, Envelope.parse(raw), at=at)
        conversation.save()


def leave_bhavna_off(people: People) -> None:
    """A next epoch with Ailsa alone, which the root's keepers confirm."""
    body = open_desk_epoch(
        people.site, people.desk_of(people.ailsa), [encode(bytes(people.ailsa.member.certificates.get().certificate))], day_of(now()), 35
    )
    grants = [GrantIn(decode(each["certificate_id"]), each["epoch"], decode(each["wrapped"])) for each in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=now())
    people.confirm(None)


def lies(people: People) -> dict[str, Lie]:
    """One for each warning; Bhavna has left the desk at the end."""
    made = {
        "altered": Lie(honest(people), altered("envelopes", 3, 4_000), (ANSWERED_AGAIN,)),
        "out-of-order": Lie(honest(people), order(0, 1, 2, 3, 1)),
        "unknown-writer": Lie(honest(people), without_bhavnas_certificate, (ANSWERED_AGAIN,)),
        "bad-opening": Lie(honest(people), altered("openings", 0, 50), (ASKED, ANSWERED), mine=True),
        "missing": Lie(honest(people), order(0, 2), (ANSWERED, ANSWERED_AGAIN)),
    }
    kept_back = Writer(people).first(ASKED)
    answers(people, people.ailsa, kept_back, ANSWERED)
    kept_back.again(ASKED_AGAIN)
    for text in (ANSWERED_AGAIN, "Third of theirs"):
        answers(people, people.ailsa, kept_back, text, unshown=[2])
    made["not-seen"] = Lie(kept_back, mine=True)
    forged = honest(people)
    forge(people, people.bhavna, forged)
    made["not-vouched"] = Lie(forged, mine=True)
    old = {name: Writer(people).first(ASKED) for name in ("late", "older-epoch")}
    leave_bhavna_off(people)
    for writer in old.values():
        answers(people, people.ailsa, writer, ANSWERED)
    forge(people, people.bhavna, old["late"])
    made["late"] = Lie(old["late"], mine=True)
    old["older-epoch"].again(ASKED_AGAIN)
    forge(people, people.bhavna, old["older-epoch"])
    made["older-epoch"] = Lie(old["older-epoch"], unseen=(FORGED,), mine=True)
    for lie in made.values():
        lie.writer.given_to(people.ailsa.member)
    return made
