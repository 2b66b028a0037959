"""A person writes, a counsellor answers, and both read all of it; also when the desk's epoch has changed in between."""

import pytest

from messaging.protocol.encoding import decode
from messaging.protocol.peer import check_desk, seal_first
from messaging.protocol.peer.errors import BadPlaintext, TooLong
from tests.world.peers import conversation, installation, texts

TEXTS = ["a", "👩‍👩‍👧 💚", "Мне нужна помощь", "I am worried.\nI want to stop."]


@pytest.mark.parametrize("text", TEXTS)
def test_each_side_reads_what_the_other_wrote(text: str) -> None:
    talk = conversation(installation())
    talk.first(text)
    talk.desk_writes("Callum", "We read it. " + text)
    talk.person_writes("Thank you")
    talk.desk_writes("Moira", "I take over", "handover")
    for thread in (talk.as_person(), talk.as_desk("Moira"), talk.as_desk("Callum")):
        assert texts(thread) == [text, "We read it. " + text, "Thank you", "I take over"]
        assert [item.writer for item in thread.items if item.kind == "message"] == [None, "Callum", None, "Moira"]
        assert thread.desk is not None
        assert thread.desk.names == ["Callum", "Moira"]


@pytest.mark.parametrize("opener", ["person", "desk"])
def test_the_thread_goes_on_in_a_new_desk_epoch(opener: str) -> None:
    desk = installation()
    talk = conversation(desk)
    talk.first("one")
    talk.desk_writes("Callum", "two")
    desk.join("Isla")
    desk.today += 1
    desk.next_epoch("Moira", ["Moira", "Isla"])
    if opener == "person":
        talk.person_writes("three")
    else:
        talk.desk_writes("Isla", "three")
    talk.person_writes("four")
    talk.desk_writes("Moira", "five")
    for thread in (talk.as_person(), talk.as_desk("Moira"), talk.as_desk("Isla")):
        assert texts(thread) == ["one", "two", "three", "four", "five"]
        assert not thread.warnings
    assert len(talk.openings) == 2
    # Callum has left: nothing from the second epoch on.
    assert texts(talk.as_desk("Callum")) == ["one", "two"]


def test_every_message_has_the_same_size() -> None:
    desk = installation()
    talk = conversation(desk)
    today = check_desk(desk.site, desk.desk_answer(), desk.today)
    longest = "я" * 4_000
    bodies = [seal_first(desk.site, talk.inbox, today, {"route": "other", "terms": 1, "text": text}) for text in [*TEXTS, longest]]
    assert {len(decode(body["envelope"])) for body in bodies} == {9_419}
    assert len({tuple(len(value) for value in body.values()) for body in bodies}) == 1


@pytest.mark.parametrize(
    ("text", "error"),
    [("я" * 4_200, TooLong), (" \n\u3000\ufeff", BadPlaintext), ("", BadPlaintext), ("half a pair \ud83d", BadPlaintext)],
)
def test_what_no_reader_would_take_is_not_sealed(text: str, error: type[Exception]) -> None:
    desk = installation()
    today = check_desk(desk.site, desk.desk_answer(), desk.today)
    with pytest.raises(error):
        seal_first(desk.site, conversation(desk).inbox, today, {"route": "self", "terms": 1, "text": text})
