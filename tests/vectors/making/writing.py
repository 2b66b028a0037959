"""Cases of writing: what is sealed is decided but for the salt, and each refusal has its place in the order (PROTOCOL §5.3)."""

from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.wire import Statement
from tests.vectors.making.maker import JSON, Maker
from tests.vectors.making.stage import Case, Cast, Stream, flip

# A text that does not fit, however it is escaped.
TOO_LONG = "x" * 8_200
DRAWN = {"salt": encode(Stream("writing-salt")(16)), "secret": encode(Stream("writing-secret")(32)), "life": encode(Stream("life")(16))}


def drawn(*names: str) -> JSON:
    """What the writer draws in this case, null for what it does not need."""
    return {name: DRAWN[name] if name in names else None for name in ("life", "secret", "salt")}


class Writer:
    """Cases of one reader who writes on."""

    def __init__(self, maker: Maker) -> None:
        self.maker, self.side = maker, "person" if maker.side == "person" else "desk"

    def case(self, name: str, about: str, error: str | None = None, *needs: str, today: int | None = None, **changes: Any) -> Case:
        given = self.maker.input
        given = {**given, "reader": changes.pop("reader", given["reader"])}
        content = {"type": "text", "text": "I shall write on.", "day": None, "since": None} | changes.pop("content", {})
        answer = {**given["answer"], **changes}
        day = given["today"] if today is None else today
        return Case(
            f"write-{name}-{self.side}",
            "5.3",
            "write",
            about,
            {**given, "answer": answer, "today": day, "content": content, **drawn("salt", *needs)},
            error,
        )


def cases(cast: Cast) -> Iterator[Case]:
    yield from firsts(cast)
    talk = Writer(Maker(cast, cast.talk, "person")), Writer(Maker(cast, cast.talk, "Callum"))
    yield talk[0].case("on", "Under the opening that stands; it has read the newest reply.")
    yield talk[0].case("with-a-day", "The person says today by their own clock.", content={"day": "2026-09-04"})
    yield talk[1].case("on", "Under the person's opening.")
    yield talk[1].case("handover", "A counsellor takes over.", content={"type": "handover"})
    yield talk[1].case("again", "What could not be opened is said.", content={"type": "again", "since": 2})
    yield from epochs(cast)
    for one in talk:
        yield from failed(one, cast)
        yield from refused(one)
    last = talk[0].maker
    envelopes = cast.talk.envelopes
    altered = last.envelopes([*envelopes[:2], flip(envelopes[2], 4000), envelopes[3]])
    yield talk[0].case("after-an-altered-one", "The newest of its own failed: its bytes are what the next names.", **altered)
    yield talk[1].case("after-an-altered-one", "The person's newest failed: the one before is acknowledged.", **altered)


def epochs(cast: Cast) -> Iterator[Case]:
    first = cast.goes_on(cast.talk)
    person, desk = Writer(Maker(cast, first, "person")), Writer(Maker(cast, first, "Isla"))
    yield person.case("opens-an-epoch", "The first in a new epoch: the opening's bytes are fixed.")
    yield desk.case("opens-an-epoch", "The first in a new epoch, under a secret of the desk's.", None, "secret")
    opened = Writer(Maker(cast, cast.desk_opened, "person")), Writer(Maker(cast, cast.person_opened, "Callum"))
    yield opened[0].case("under-the-others-opening", "The desk has opened the epoch.")
    yield opened[1].case("under-the-others-opening", "The person has opened the epoch.")
    openings = [encode(cast.desk_opened.openings[0]), encode(flip(cast.desk_opened.openings[1], -1))]
    about = "The desk's opening of this epoch fails: the person makes one."
    yield opened[0].case("after-an-opening-that-failed", about, openings=openings)
    before = Statement.parse(cast.later.statements[1]).first_day - 1
    for one in opened:
        yield one.case("older-desk", "The epoch of the day is older than the thread's.", "OlderEpoch", today=before)
        about = "Nor does the text fit: the epoch comes first."
        yield one.case("older-desk-and-too-long", about, "OlderEpoch", today=before, content={"text": TOO_LONG})
    for side in ("person", "Callum"):
        one = Writer(Maker(cast, cast.person_opened, side))
        about = "The device's clock stands before the thread's newest epoch."
        yield one.case("older-epoch", about, "OlderEpoch", today=cast.desk.today)
    isla = Writer(Maker(cast, cast.desk_opened, "Isla"))
    me = isla.maker.input["reader"]["me"]
    reader = {**isla.maker.input["reader"], "me": {**me, "grants": [each for each in me["grants"] if each["epoch"] != 1]}}
    yield isla.case("first-epoch-not-granted", "The life is that of an opening whose secret is not this writer's.", reader=reader)
    gone = Writer(Maker(cast, cast.person_opened, "Fergus"))
    yield gone.case("off-the-roster", "Fergus is not on the current roster.", "BadSignature")


def failed(one: Writer, cast: Cast) -> Iterator[Case]:
    """What a writer refuses of the thread, and in which order."""
    ended = Statement.parse(cast.desk.statements[-1]).last_day + 1
    yield one.case("no-epoch-of-today", "No epoch includes today.", "BadDates", today=ended)
    yield one.case("no-opening", "No opening of the person's is there.", "BadOpening", openings=[])
    yield one.case("no-epoch-and-no-opening", "Neither is there: the epoch comes first.", "BadDates", today=ended, openings=[])


def refused(one: Writer) -> Iterator[Case]:
    """What a writer refuses of the text, and that it comes after all else."""
    yield one.case("too-long", "More than fits.", "TooLong", content={"text": TOO_LONG})
    yield one.case("blank", "Nothing but white space.", "BadPlaintext", content={"text": " \u3000\n"})
    yield one.case("too-long-without-an-opening", "Nor is there an opening.", "BadOpening", content={"text": TOO_LONG}, openings=[])


def firsts(cast: Cast) -> Iterator[Case]:
    desk = cast.desk
    given: JSON = {
        **cast.where(),
        "words": " ".join(cast.words),
        "inbox_secret": encode(cast.inbox.secret),
        "answer": desk.desk_answer(),
        "today": desk.today,
        "content": {"route": "other", "terms": 3, "text": "It is about my brother."},
        **drawn("life", "salt"),
    }

    def case(name: str, about: str, error: str | None = None, **changes: Any) -> Case:
        return Case(f"write-first{name}", "5.3", "write-first", about, {**given, **changes}, error)

    yield case("", "A first message.")
    yield case("-with-a-day", "The person says today by their own clock.", content={**given["content"], "day": "2026-09-04"})
    yield case("-no-route", "A route that there is not.", "BadPlaintext", content={**given["content"], "route": "mother"})
    yield case("-too-long", "More than fits.", "TooLong", content={**given["content"], "text": TOO_LONG})
    ended = Statement.parse(decode(given["answer"]["statements"][-1])).last_day + 1
    yield case("-no-desk-and-too-long", "The desk comes first.", "BadDates", today=ended, content={**given["content"], "text": TOO_LONG})
