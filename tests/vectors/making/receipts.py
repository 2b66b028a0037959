"""Cases of what one side has read of the other: two tails of one conversation that a server joined, PROTOCOL §5.2."""

from collections.abc import Iterator

from tests.vectors.making.maker import Maker
from tests.vectors.making.stage import Case, Cast
from tests.world.peers import Conversation


def cases(cast: Cast) -> Iterator[Case]:
    talk = cast.goes_on(cast.talk, cast.desk)
    del talk.envelopes[2:]
    with cast.stream(talk, "receipts"):
        person, desk = tails(cast, talk)
    p2, p3, p4 = person
    d2, d3, d4 = desk
    orders = {
        "crossed": ([p2, d2], "A message and a reply crossed: the reply was written before the message was read."),
        "not-seen": ([p2, d2, d3], "Two replies, and neither acknowledges the message before them."),
        "not-seen-once": ([p2, p3, d2, d3, p4, d4], "The same, and more of it: each first message is told once."),
        "not-seen-by-person": ([d2, p2, p3], "Two messages, and neither acknowledges the reply before them."),
        "seen-late": ([p2, d2, d3, *answers(cast, talk, [p2, d2, d3])], "At last a reply acknowledges the message: it was read."),
    }
    for side in ("person", "Moira"):
        maker = Maker(cast, talk, side)
        for name, (tail, about) in orders.items():
            yield maker.case(name, about, **maker.envelopes([*talk.envelopes, *tail]))


def tails(cast: Cast, talk: Conversation) -> tuple[list[bytes], list[bytes]]:
    """Three of each side, written by people of whom each was shown nothing of the other's three."""
    person, desk = cast.goes_on(talk, talk.desk), cast.goes_on(talk, talk.desk)
    for text in ("I have taken tablets.", "Please, are you reading this?", "Help."):
        person.person_writes(text)
    for text in ("How was your week?", "You have been quiet.", "I will close this for now."):
        desk.desk_writes("Callum", text)
    return person.envelopes[2:], desk.envelopes[2:]


def answers(cast: Cast, talk: Conversation, tail: list[bytes]) -> list[bytes]:
    """One more reply, by somebody who was shown all of it."""
    whole = cast.goes_on(talk, talk.desk)
    whole.envelopes += tail
    whole.desk_writes("Moira", "I have rung 999.")
    return [whole.envelopes[-1]]
