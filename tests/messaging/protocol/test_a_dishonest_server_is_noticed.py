"""Whatever the server does to a thread, the reader gets a warning instead of text that was not written so."""

from collections.abc import Callable
from typing import Any

import pytest

from messaging.protocol.peer.errors import Malformed
from tests.world.peers import Conversation, conversation, installation, texts, warned

JSON = dict[str, Any]


@pytest.fixture(scope="module")
def talk() -> Conversation:
    """Five messages: person, desk, person, desk, person."""
    made = conversation(installation())
    made.first("one")
    made.desk_writes("Callum", "two")
    made.person_writes("three")
    made.desk_writes("Moira", "four")
    made.person_writes("five")
    return made


@pytest.fixture(scope="module")
def stranger() -> Conversation:
    """Somebody else's thread at another desk."""
    made = conversation(installation())
    made.first("other one")
    made.desk_writes("Moira", "other two")
    return made


def with_envelopes(answer: JSON, envelopes: list[str]) -> JSON:
    return {**answer, "envelopes": envelopes, "days": ["2026-11-24"] * len(envelopes)}


@pytest.mark.parametrize(
    ("order", "left", "warnings"),
    [
        pytest.param([0, 1, 2, 3, 4, 0], ["one", "two", "three", "four", "five"], [("out-of-order", 1, 4)], id="replayed"),
        pytest.param([0, 1, 3, 4], ["one", "two", "four"], [("missing", 1, 2), ("out-of-order", 1, 2)], id="dropped"),
        pytest.param([0, 3, 2, 1, 4], ["one", "four", "three"], [("out-of-order", 2, 1), ("missing", 1, 2)], id="reordered"),
        pytest.param([0, 1, 2, 4], ["one", "two", "three", "five"], [("missing", 2, 2)], id="a tail cut off that was answered"),
        pytest.param(
            [0, 2, 1, 3, 4], ["one", "three", "two", "four", "five"], [("missing", 2, 1)], id="an answer moved below the next message"
        ),
    ],
)
def test_a_changed_order_is_noticed(talk: Conversation, order: list[int], left: list[str], warnings: list[tuple[str, int, int]]) -> None:
    answer = talk.answer()
    changed = with_envelopes(answer, [answer["envelopes"][place] for place in order])
    for thread in (talk.as_person(changed), talk.as_desk("Callum", changed)):
        assert texts(thread)[: len(left)] == left
        assert warned(thread)[: len(warnings)] == warnings


def swapped_desk(mine: JSON, other: JSON) -> JSON:
    return {**mine, "certificates": other["certificates"], "statements": other["statements"]}


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        pytest.param(lambda m, o: {**m, "envelopes": [o["envelopes"][0], *m["envelopes"][1:]]}, "bad-opening", id="envelope"),
        pytest.param(lambda m, o: {**m, "openings": o["openings"]}, "bad-opening", id="opening"),
        pytest.param(swapped_desk, "bad-opening", id="keys"),
    ],
)
def test_what_belongs_to_somebody_else_is_noticed(
    talk: Conversation, stranger: Conversation, change: Callable[[JSON, JSON], JSON], warning: str
) -> None:
    thread = talk.as_person(change(talk.answer(), stranger.answer()))
    assert thread.warnings[0].warning == warning
    assert "one" not in texts(thread)


def test_another_key_for_the_inbox_is_refused_as_a_whole(talk: Conversation, stranger: Conversation) -> None:
    answer = {**talk.answer(), "kem_public": stranger.answer()["kem_public"]}
    with pytest.raises(Malformed):
        talk.as_person(answer)
    with pytest.raises(Malformed):
        talk.as_desk("Moira", answer)
