"""A person writes, a counsellor answers, and both read all of it; also when the desk's key has changed in between."""

import pytest

from messaging.encoding import decode
from messaging.peer.epochs import check_desk
from messaging.peer.writing import seal_first
from tests.messaging.protocol.people import TODAY, exchange

TEXTS = ["a", "👩‍👩‍👧 💚", "Мне нужна помощь", "I am worried.\nI want to stop."]


@pytest.mark.parametrize("text", TEXTS)
def test_each_side_reads_what_the_other_wrote(text: str) -> None:
    talk = exchange()
    talk.first(text)
    talk.desk_writes("We read it. " + text)
    talk.person_writes("Thank you")
    for thread in (talk.as_person(), talk.as_desk()):
        assert [item.content.text for item in thread.items] == [text, "We read it. " + text, "Thank you"]
        assert [item.writer for item in thread.items] == [None, "Moira", None]


@pytest.mark.parametrize("opener", ["person", "desk"])
def test_the_thread_goes_on_in_a_new_desk_epoch(opener: str) -> None:
    talk = exchange()
    talk.first("one")
    talk.desk_writes("two")
    talk.desk.next_epoch(TODAY + 1)
    talk.today = TODAY + 1
    (talk.person_writes if opener == "person" else talk.desk_writes)("three")
    talk.person_writes("four")
    talk.desk_writes("five")
    for thread in (talk.as_person(), talk.as_desk()):
        assert [item.content.text for item in thread.items] == ["one", "two", "three", "four", "five"]
        assert not thread.warnings
    assert len(talk.openings) == 2


def test_every_message_has_the_same_size() -> None:
    talk = exchange()
    desk = check_desk(talk.desk.site, talk.desk.statements[0], [talk.desk.certificate], TODAY)
    longest = "я" * 4_000
    bodies = [seal_first(talk.desk.site, talk.inbox, desk, {"route": "other", "terms": 1, "text": text}) for text in [*TEXTS, longest]]
    assert {len(decode(body["envelope"])) for body in bodies} == {8_395}
    assert len({tuple(len(value) for value in body.values()) for body in bodies}) == 1
