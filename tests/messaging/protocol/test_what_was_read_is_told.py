"""Each side's acknowledgements say what it has read: what a server keeps back for long, or moves across the two sides, is told (P7)."""

from typing import Any

import pytest

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import Thread, seal_from_desk, seal_from_person
from tests.parts.rules import stopped_by
from tests.world.peers import Conversation, conversation, installation, texts, warned


class Server:
    """Shows each side only what it likes of the other."""

    def __init__(self) -> None:
        self.talk: Conversation = conversation(installation())
        self.talk.first("one")
        self.talk.desk_writes("Callum", "two")

    def shown(self, envelopes: list[bytes]) -> dict[str, Any]:
        return {**self.talk.answer(), "envelopes": [encode(raw) for raw in envelopes], "days": ["2026-11-24"] * len(envelopes)}

    def person(self, text: str, envelopes: list[bytes]) -> bytes:
        talk = self.talk
        return decode(seal_from_person(talk.desk.site, talk.inbox, talk.as_person(self.shown(envelopes)), text)["envelope"])

    def desk(self, text: str, envelopes: list[bytes]) -> bytes:
        talk = self.talk
        thread = talk.as_desk("Callum", self.shown(envelopes))
        return decode(seal_from_desk(talk.desk.site, talk.desk.open("Callum"), thread, {"type": "text", "text": text})["envelope"])

    def readers(self, envelopes: list[bytes]) -> list[Thread]:
        return [self.talk.as_person(self.shown(envelopes)), self.talk.as_desk("Moira", self.shown(envelopes))]


@pytest.fixture
def server() -> Server:
    return Server()


def unread(thread: Thread) -> list[int | None]:
    return [item.unread for item in thread.items if item.kind == "message"]


@stopped_by("what is never acknowledged is told")
def test_messages_that_the_desk_never_gets_are_told_at_its_second_reply(server: Server) -> None:
    persons, desks = list(server.talk.envelopes), list(server.talk.envelopes)
    for said, answered in (("I have taken tablets", "How was your week?"), ("please, are you reading this", "You have been quiet.")):
        persons.append(server.person(said, persons))
        reply = server.desk(answered, desks)
        persons.append(reply)
        desks.append(reply)
    thread = server.talk.as_person(server.shown(persons))
    assert warned(thread) == [("not-seen", 1, 2)]
    assert [thread.read_of(1), thread.read_of(2)] == [1, 2]


@stopped_by("not-seen waits for the second")
def test_one_reply_that_crossed_a_message_is_no_warning_and_is_said(server: Server) -> None:
    before = list(server.talk.envelopes)
    crossed = [*before, server.person("three", before), server.desk("four", before)]
    crossed.append(server.desk("five", crossed))
    for thread in server.readers(crossed):
        assert warned(thread) == []
        assert unread(thread) == [None, None, None, 2, None]


@stopped_by("a reply that had not read what stands before it says so")
def test_an_answer_moved_below_a_question_that_it_is_no_answer_to_is_said(server: Server) -> None:
    before = list(server.talk.envelopes)
    yes = server.person("Yes. Twice.", before)
    asked = server.desk("Did you touch them?", before)
    for thread in server.readers([*before, asked, yes]):
        assert texts(thread)[2:] == ["Did you touch them?", "Yes. Twice."]
        assert unread(thread)[2:] == [None, 2]


def test_whoever_reads_before_each_message_is_never_warned_of(server: Server) -> None:
    told = list(server.talk.envelopes)
    for turn in range(6):
        told.append(server.person(f"p{turn}", told) if turn % 3 else server.desk(f"d{turn}", told))
    for thread in server.readers(told):
        assert warned(thread) == []
        assert set(unread(thread)) == {None}


@stopped_by("a thread without a first message is told")
def test_a_thread_that_a_server_emptied_says_so_on_both_sides(server: Server) -> None:
    nothing = {**server.shown([]), "openings": []}
    for thread in (server.talk.as_person(nothing), server.talk.as_desk("Moira", nothing)):
        assert warned(thread) == [("missing", 1, 1)]
