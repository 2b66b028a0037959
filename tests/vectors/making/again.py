"""Cases of what is read again: a thread, a desk, a counsellor's chain of epochs (PROTOCOL §5.4)."""

import copy
from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.primitives import kem_public
from messaging.protocol.wire import Statement
from tests.vectors.making import forge
from tests.vectors.making.stage import Case, Cast, Stream, flip
from tests.world.peers import Conversation, Installation

JSON = dict[str, Any]
ERROR = "BadContinuation"


def held(answer: JSON, count: int) -> JSON:
    """The answer while only so many envelopes had arrived."""
    return {**answer, "envelopes": answer["envelopes"][:count], "days": answer["days"][:count]}


def twin(cast: Cast) -> JSON:
    """A server's own inbox, said to be somebody else's conversation: an id stands in the clear."""
    talk = Conversation(cast.desk, cast.other_inbox)
    with cast.stream(talk, "twin"):
        talk.first("I would like to stop, and I do not know how.")
    return {**talk.answer(), "conversation": cast.talk.answer()["conversation"]}


def threads(cast: Cast) -> Iterator[Case]:
    talk, later = cast.talk, cast.person_opened
    sides = {"person": cast.person(), "desk": cast.counsellor(cast.desk, "Callum")}
    own, answer = twin(cast), talk.answer()
    other_opening = [encode(flip(talk.openings[0], -1))]
    swapped = [*answer["envelopes"][:2], encode(flip(talk.envelopes[2], -1))]
    for side, reader in sides.items():
        given = {
            **cast.where(),
            "reader": reader,
            "before": held(answer, 3),
            "before_today": cast.desk.today,
            "after_today": cast.desk.today,
        }

        def case(name: str, about: str, after: JSON, error: str | None = None, side: str = side, given: JSON = given, **more: Any) -> Case:
            return Case(f"thread-again-{name}-{side}", "5.4", "thread-again", about, {**given, "after": after, **more}, error)

        yield case("same", "Nothing new.", held(answer, 3))
        yield case("goes-on", "A message more.", answer)
        yield case("cut", "The newest message is gone.", held(answer, 2), ERROR)
        yield case("emptied", "Every envelope is gone.", held(answer, 0), ERROR)
        yield case("envelope", "An envelope that was read has other bytes.", {**held(answer, 3), "envelopes": swapped}, ERROR)
        yield case("opening", "The opening has other bytes.", {**answer, "openings": other_opening}, ERROR)
        yield case("opening-gone", "The opening is left out.", {**answer, "openings": []}, ERROR)
        yield case("other-conversation", "Another conversation's id.", {**answer, "conversation": encode(bytes(16))}, ERROR)
    desk = sides["desk"]
    given = {**cast.where(), "reader": desk, "before": held(answer, 1), "before_today": cast.desk.today, "after_today": cast.desk.today}
    yield Case(
        "thread-again-own-inbox-desk",
        "5.4",
        "thread-again",
        "The server's own inbox, said to be the same conversation.",
        {**given, "after": own},
        ERROR,
    )
    yield from epochs(cast, later)


def epochs(cast: Cast, later: Conversation) -> Iterator[Case]:
    """The first two messages in the first epoch, then the thread goes on in the second."""
    answer, today = later.answer(), cast.later.today
    first = {**held(answer, 2), "openings": answer["openings"][:1]}
    sides = {"person": cast.person(), "desk": cast.counsellor(cast.later, "Callum")}
    for side, reader in sides.items():
        given = {
            **cast.where(),
            "reader": reader,
            "before": {**first, "statements": first["statements"][:1]},
            "before_today": cast.desk.today,
        }
        good = {**given, "after": answer, "after_today": today}
        yield Case(f"thread-again-next-epoch-{side}", "5.4", "thread-again", "It goes on in the next epoch.", good)
        yield Case(
            f"thread-again-epoch-gone-{side}",
            "5.4",
            "thread-again",
            "The second epoch was known, and is gone.",
            {**good, "before": first, "before_today": today, "after": {**first, "statements": first["statements"][:1]}},
            ERROR,
        )
    fork = encode(forked(cast.later, 2))
    confirmed = encode(forge.confirmation(cast.later, cast.later.members["Callum"], decode(fork)))
    swapped = {**first, "statements": [first["statements"][0], fork], "confirmations": [*first["confirmations"], confirmed]}
    yield Case(
        "thread-again-forked-person",
        "5.4",
        "thread-again",
        "Another second epoch, by the same key-holder.",
        {**cast.where(), "reader": sides["person"], "before": first, "before_today": today, "after": swapped, "after_today": today},
        ERROR,
    )
    yield from beside(cast, later)
    ended = Statement.parse(cast.later.statements[1]).last_day + 1
    yield Case(
        "thread-again-no-epoch-person",
        "5.4",
        "thread-again",
        "No epoch includes the day any more, and only the thread's own are told.",
        {
            **cast.where(),
            "reader": sides["person"],
            "before": first,
            "before_today": today,
            "after": {**first, "statements": first["statements"][:1]},
            "after_today": ended,
        },
    )


def beside(cast: Cast, later: Conversation) -> Iterator[Case]:
    """What differs is not the epoch that is current: an epoch before it, one to come, and the day."""
    ahead = copy.deepcopy(cast.later)
    ahead.random, ahead.today = Stream("ahead"), ahead.today + 1
    ahead.next_epoch("Moira", ["Moira", "Callum", "Isla"])
    answer = {
        **later.answer(),
        "statements": [encode(raw) for raw in ahead.statements],
        "confirmations": ahead.desk_answer()["confirmations"],
    }
    fork = forked(ahead, 3)
    word = encode(forge.confirmation(ahead, ahead.members["Callum"], fork))
    other = {**answer, "statements": [*answer["statements"][:2], encode(fork)], "confirmations": [*answer["confirmations"], word]}
    third = {**answer, "statements": answer["statements"][2:]}
    for side, reader in {"person": cast.person(), "desk": cast.counsellor(ahead, "Callum")}.items():
        given = {**cast.where(), "reader": reader, "before": answer, "before_today": cast.later.today, "after_today": cast.later.today}

        def case(name: str, about: str, after: JSON, side: str = side, given: JSON = given, **more: Any) -> Case:
            return Case(f"thread-again-{name}-{side}", "5.4", "thread-again", about, {**given, "after": after, **more}, ERROR)

        yield case("earlier-day", "The clock has gone back: the epoch before is current again.", answer, after_today=cast.later.today - 1)
        yield case("epoch-skipped", "A later epoch is current, and the one that was is left out.", third, after_today=ahead.today)
        if side == "person":
            # What a counsellor's own chain does not have is refused before.
            yield case("forked-to-come", "Another third epoch, which has not begun.", other)


def forked(desk: Installation, number: int, *, previous: bytes | None = None) -> bytes:
    """Another statement of this number with the same roster, whose key somebody else holds."""
    stands = Statement.parse(desk.statements[number - 1])
    before = desk.statements[number - 2] if previous is None else previous
    draft = forge.Draft(number, kem_public(Stream("forked")(32)), before, (stands.first_day, stands.last_day), list(stands.roster))
    return forge.statement(desk.site, desk.members["Moira"], draft)


def other_desk(desk: Installation, statement: bytes) -> JSON:
    """The desk's answer with another statement, which Callum has confirmed."""
    confirmed = [encode(forge.confirmation(desk, desk.members["Callum"], statement))]
    return {**desk.desk_answer(), "statements": [encode(statement)], "confirmations": confirmed}


def desks(cast: Cast) -> Iterator[Case]:
    one, two = cast.desk, cast.later
    third = copy.deepcopy(two)
    third.random = Stream("third")
    third.next_epoch("Moira", ["Moira", "Callum", "Isla"])
    given = {**cast.where(), "before": two.desk_answer(), "before_today": two.today, "after_today": two.today}

    def case(name: str, about: str, after: JSON, error: str | None = None, **more: Any) -> Case:
        return Case(f"desk-again-{name}", "5.4", "desk-again", about, {**given, "after": after, **more}, error)

    yield case("same", "The same desk.", two.desk_answer())
    yield case("next", "The next epoch, with the same people.", third.desk_answer())
    others: JSON = {"before": one.desk_answer(), "before_today": one.today}
    yield case("next-others", "The next epoch: Fergus has gone, Isla has come.", two.desk_answer(), **others)
    yield case("gap", "Two epochs later: what lies between is not known.", third.desk_answer(), **others)
    yield case("older", "The epoch before.", one.desk_answer(), ERROR, after_today=one.today)
    yield case(
        "forked",
        "Another statement of the same number, with the same roster.",
        other_desk(two, forked(two, 2)),
        ERROR,
    )
    yield case(
        "itself", "The same number once more, naming the one before.", other_desk(two, forked(two, 2, previous=two.statements[1])), ERROR
    )
    loose = forked(third, 3, previous=forked(two, 2))
    yield case("loose", "The next number, after another statement.", other_desk(third, loose), ERROR)
    again = copy.deepcopy(two)
    again.random = Stream("again")
    again.members["Callum before"] = again.members.pop("Callum")
    again.join("Callum")
    again.next_epoch("Moira", ["Moira", "Callum", "Isla"], by="Isla")
    yield case("same-names", "The next epoch: somebody else has Callum's name.", again.desk_answer())


def chains(cast: Cast) -> Iterator[Case]:
    desk = cast.later
    reader = cast.counsellor(desk, "Callum")
    whole = reader.pop("me")
    reader.pop("side")
    given = {**cast.where(), **reader, "before": whole, "before_today": desk.today, "after_today": desk.today}
    first = {**whole, "statements": whole["statements"][:1]}

    def case(name: str, about: str, after: JSON, error: str | None = None, **more: Any) -> Case:
        return Case(f"open-desk-again-{name}", "5.4", "open-desk-again", about, {**given, "after": after, **more}, error)

    yield case("same", "The same chain.", whole)
    yield case("next", "An epoch more.", whole, before=first, before_today=cast.desk.today)
    yield case("cut", "The newest epoch is gone.", first, ERROR)
    fork = forked(desk, 2)
    other = {**whole, "statements": [whole["statements"][0], encode(fork)]}
    words = [*whole["confirmations"], encode(forge.confirmation(desk, desk.members["Callum"], fork))]
    yield case("forked", "Another second epoch.", other, ERROR)
    yield case("forked-and-confirmed", "Somebody has confirmed it.", {**other, "confirmations": words}, ERROR)
    yield case("confirmation-gone", "The word that made it current is kept back.", {**whole, "confirmations": words[:1]}, ERROR)


def cases(cast: Cast) -> Iterator[Case]:
    yield from threads(cast)
    yield from desks(cast)
    yield from chains(cast)
