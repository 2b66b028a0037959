"""Cases that decide between two readings of what is said of chains, desks and notes, as `readings` does of threads."""

from collections.abc import Iterator, Sequence
from typing import Any

from messaging.protocol.encoding import encode
from messaging.protocol.peer.plaintext import Ack
from messaging.protocol.wire import Opening, Statement
from tests.vectors.making import forge
from tests.vectors.making.again import forked
from tests.vectors.making.carries import Author
from tests.vectors.making.confirmations import Stage
from tests.vectors.making.maker import JSON
from tests.vectors.making.stage import Case, Cast, flip


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
    unconfirmed = {**whole, "confirmations": whole["confirmations"][:1]}
    other = {**unconfirmed, "statements": [whole["statements"][0], fork]}
    about = "Another second epoch; neither was confirmed."
    changed = {**given, "before": unconfirmed, "after": other, "after_today": cast.later.today}
    yield Case("open-desk-again-unconfirmed", "5.4", "open-desk-again", about, changed, "BadContinuation")
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
    yield from again(cast)
    yield from chains(cast)
    yield from desks(cast)
    yield from notes(cast)
