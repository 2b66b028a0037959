"""Cases of the epoch that a release names: the chain must have it, and it counts (PROTOCOL §11.2); and of the current epoch (§2.6)."""

import copy
from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import encode
from messaging.protocol.peer.primitives import kem_public
from messaging.protocol.wire import NamedStatement, Statement
from tests.vectors.making import forge
from tests.vectors.making.again import forked
from tests.vectors.making.stage import Case, Cast, Stream
from tests.world.peers import Installation

JSON = dict[str, Any]
ERROR = "BadContinuation"


def named(raw: bytes) -> JSON:
    return {"newest": NamedStatement.of(Statement.parse(raw)).text}


def told(desk: Installation, first: int, last: int) -> JSON:
    """§7.2's answer with the statements from one number to another."""
    return {**desk.desk_answer(), "statements": [encode(raw) for raw in desk.statements[first - 1 : last]]}


def desks(cast: Cast) -> Iterator[Case]:
    desk, other = cast.later, forked(cast.later, 2)
    one, two = desk.statements

    def case(name: str, about: str, newest: bytes, answer: JSON, error: str | None = None) -> Case:
        given = {**cast.where(), **named(newest), "answer": answer, "today": desk.today}
        return Case(f"desk-released-{name}", "11.2", "desk", about, given, error)

    yield case("earlier", "It goes on from the epoch that the release names.", one, told(desk, 1, 2))
    yield case("current", "The release names the current epoch.", two, told(desk, 2, 2))
    unconfirmed = {**told(desk, 2, 2), "confirmations": []}
    yield case("counts", "What the release names counts without a confirmation.", two, unconfirmed)
    yield case("too-short", "The chain ends with the epoch before, whose days are not over.", two, told(desk, 1, 1), ERROR)
    yield case("not-told", "The chain begins after it.", one, told(desk, 2, 2), ERROR)
    yield case("other-hash", "Another statement of its number.", other, told(desk, 1, 2), ERROR)
    both = {**told(desk, 1, 2), "confirmations": []}
    yield case(
        "other-hash-unconfirmed", "Another statement of its number, and nobody has confirmed it: the first is said.", other, both, ERROR
    )
    left = copy.deepcopy(desk)
    fergus, callum = left.members["Fergus"], left.members["Callum"]
    roster = sorted(map(forge.id_of, (fergus, callum)))
    forged = forge.statement(
        left.site, fergus, forge.Draft(3, kem_public(Stream("forged-third")(32)), two, (left.today, left.today + 9), roster)
    )
    left.statements.append(forged)
    answer = {**told(left, 2, 3), "confirmations": [encode(forge.confirmation(left, callum, forged))]}
    about = "Fergus was left off the epoch that the release names, whose confirmation is held back: he signs no next one."
    yield case("left-off", about, two, answer, "BadConfirmation")


def threads(cast: Cast) -> Iterator[Case]:
    talk, desk = cast.person_opened, cast.later
    answer = talk.answer()
    first = {**answer, "statements": answer["statements"][:1], "openings": answer["openings"][:1], "envelopes": answer["envelopes"][:2]}
    first["days"] = first["days"][:2]

    def case(name: str, about: str, newest: bytes, answer: JSON, error: str | None = None) -> Case:
        given = {**cast.where(), **named(newest), "reader": cast.person(), "answer": answer, "today": desk.today}
        return Case(f"thread-released-{name}-person", "11.2", "thread", about, given, error)

    yield case("goes-on", "The thread's chain has the epoch that the release names.", desk.statements[1], answer)
    yield case("too-short", "A person is kept in an epoch that is over.", desk.statements[1], first, ERROR)
    yield case("other-hash", "Another statement of its number.", forked(desk, 2), answer, ERROR)


def open_desks(cast: Cast) -> Iterator[Case]:
    desk = cast.later
    reader = cast.counsellor(desk, "Callum")
    keys = {"counsellor_id": reader["counsellor_id"], "secret": reader["secret"]}

    def case(name: str, about: str, newest: bytes, **changes: Any) -> Case:
        given = {**cast.where(), **named(newest), **keys, "me": {**reader["me"], **changes}, "today": desk.today}
        return Case(f"open-desk-released-{name}", "8.4", "open-desk", about, given)

    yield case("goes-on", "The chain has the epoch that the release names.", desk.statements[1])
    only = [encode(desk.statements[0])]
    yield case("too-short", "The chain ends before it: nothing of it counts.", desk.statements[1], statements=only)
    yield case("other-hash", "Another statement of its number: nothing of the chain counts.", forked(desk, 2))


def current(cast: Cast) -> Iterator[Case]:
    """The second epoch is over before the first would have been."""
    desk = cast.later
    moira, callum = desk.members["Moira"], desk.members["Callum"]
    roster = sorted(map(forge.id_of, (moira, callum)))
    first = desk.statements[0]
    short = forge.Draft(2, kem_public(Stream("short-second")(32)), first, (desk.today, desk.today + 3), roster)
    chain = [first, forge.statement(desk.site, moira, short)]

    def case(name: str, about: str, day: int) -> Case:
        given = {
            **cast.where(),
            "certificates": [encode(member.certificate) for member in desk.members.values()],
            "statements": list(map(encode, chain)),
            "confirmations": [*map(encode, desk.confirmations[:1]), encode(forge.confirmation(desk, callum, chain[1]))],
            "day": day,
        }
        return Case(f"statements-{name}", "2.6", "statements", about, given)

    yield case("before-the-second", "The second has not begun.", desk.today - 1)
    yield case("last-day-of-the-second", "The last day of the second.", desk.today + 3)
    yield case("second-is-over", "The second is over, and the first does not come back.", desk.today + 4)


def cases(cast: Cast) -> Iterator[Case]:
    yield from desks(cast)
    yield from threads(cast)
    yield from open_desks(cast)
    yield from current(cast)
