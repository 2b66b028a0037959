"""Whatever the server does to a thread, the reader gets a warning instead of text that was not written so."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from messaging.peer.threads import Answer, Thread
from tests.messaging.protocol.people import Exchange, exchange


@pytest.fixture(scope="module")
def talk() -> Exchange:
    """Five messages: person, desk, person, desk, person."""
    made = exchange()
    made.first("one")
    made.desk_writes("two")
    made.person_writes("three")
    made.desk_writes("four")
    made.person_writes("five")
    return made


@pytest.fixture(scope="module")
def stranger() -> Exchange:
    """Somebody else's thread at another desk."""
    made = exchange()
    made.first("other one")
    made.desk_writes("other two")
    return made


def texts(thread: Thread) -> list[str]:
    return [item.content.text for item in thread.items if not hasattr(item, "warning")]


def order(*places: int) -> Callable[[list[bytes]], list[bytes]]:
    return lambda envelopes: [envelopes[place] for place in places]


@pytest.mark.parametrize(
    ("change", "left", "warned"),
    [
        pytest.param(order(0, 1, 2, 3, 4, 0), ["one", "two", "three", "four", "five"], [("out-of-order", 1)], id="replayed"),
        pytest.param(order(0, 1, 3, 4), ["one", "two", "four"], [("missing", 1), ("out-of-order", 1)], id="dropped"),
        pytest.param(order(0, 3, 2, 1, 4), ["one", "three"], [("out-of-order", 2), ("missing", 2)], id="reordered"),
        pytest.param(order(0, 1, 2, 4), ["one", "two", "three", "five"], [("missing", 2)], id="a tail cut off that was answered"),
    ],
)
def test_a_changed_order_is_noticed(
    talk: Exchange, change: Callable[[list[bytes]], list[bytes]], left: list[str], warned: list[tuple[str, int]]
) -> None:
    envelopes = change(talk.envelopes)
    answer = replace(talk.answer(), envelopes=envelopes, days=["2026-11-24"] * len(envelopes))
    for thread in (talk.as_person(answer), talk.as_desk(answer)):
        assert texts(thread)[: len(left)] == left
        assert [(item.warning, item.direction) for item in thread.warnings][: len(warned)] == warned


def swapped_desk(mine: Answer, other: Answer) -> Answer:
    return replace(mine, certificates=other.certificates, statements=other.statements)


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        pytest.param(lambda mine, other: replace(mine, envelopes=[other.envelopes[0], *mine.envelopes[1:]]), "out-of-order", id="envelope"),
        pytest.param(lambda mine, other: replace(mine, openings=other.openings), "bad-opening", id="opening"),
        pytest.param(swapped_desk, "unknown-writer", id="keys"),
    ],
)
def test_what_belongs_to_somebody_else_is_noticed(
    talk: Exchange, stranger: Exchange, change: Callable[[Answer, Answer], Answer], warned: str
) -> None:
    thread = talk.as_person(change(talk.answer(), stranger.answer()))
    assert thread.warnings[0].warning == warned
    assert "one" not in texts(thread)


@pytest.mark.parametrize("place", [0, 1])
def test_every_flipped_byte_is_refused_and_nothing_of_the_message_is_shown(talk: Exchange, place: int) -> None:
    answer = talk.answer()
    whole = answer.envelopes[place]
    wrong = []
    for position in range(len(whole)):
        altered = bytearray(whole)
        altered[position] ^= 1 + position % 255
        thread = talk.as_person(replace(answer, envelopes=[*answer.envelopes[:place], bytes(altered)], days=["2026-11-24"] * (place + 1)))
        if len(texts(thread)) > place or not thread.warnings:
            wrong.append(position)
    assert wrong == []
