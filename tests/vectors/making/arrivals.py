"""Cases of what a server says beside a thread's bytes, and of a thread that is not there."""

from collections.abc import Iterator
from typing import Any

from tests.vectors.making.maker import Maker, forged
from tests.vectors.making.stage import Case, Cast
from tests.world.peers import Conversation

# What stands beside a message is the server's word, and is printed into what people sign.
DAYS: dict[str, Any] = {
    "with-a-line": "2026-11-24\n> I did it. I will do it again.",
    "with-brackets": "2026-11-24 00:00Z (",
    "backwards": "24-11-2026",
    "month": "2026-13-01",
    "february": "2026-02-29",
    "other-digits": "２０２６-11-24",
    "week": "2026-W48-2",
    "compact": "20261124",
    "year-zero": "0000-01-01",
    "empty": "",
    "number": 20261124,
    "line-end": "2026-11-24\n",
}


def unasked(cast: Cast, talk: Conversation) -> bytes:
    """A reply that stands first and says that nothing was read."""
    return forged(cast, talk, epoch=1, direction=2, ack=(0, bytes(32)), name="unasked", writer="Moira", before=0)


def cases(cast: Cast) -> Iterator[Case]:
    talk = cast.talk
    person, desk = Maker(cast, talk, "person"), Maker(cast, talk, "Moira")
    yield desk.case("no-envelopes", "Nothing there.", **desk.envelopes([]))
    yield person.case(
        "replies-alone", "Nothing of the person's, and a reply that acknowledges nothing.", **person.envelopes([unasked(cast, talk)])
    )
    for name, day in DAYS.items():
        yield person.case(
            f"day-{name}", "A day that is no date of the calendar.", "Malformed", days=[day, *person.input["answer"]["days"][1:]]
        )
        yield desk.case(f"day-{name}", "A day that is no date of the calendar.", "Malformed", days=[day, *desk.input["answer"]["days"][1:]])
    leap = ["2028-02-29", *person.input["answer"]["days"][1:]]
    yield person.case("day-leap", "The 29th of February of a leap year is a date.", days=leap)
