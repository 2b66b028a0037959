"""The text that two people sign names messages that could not be read, what each writer had read, and whose word each day is (P7, P8)."""

from typing import Any

import pytest

from messaging.protocol.encoding import Malformed, decode, encode
from messaging.protocol.peer import Thread, seal_from_person
from messaging.protocol.peer.documents import disclosed_document, own_checks
from messaging.protocol.peer.errors import BadChain, BadPlaintext
from tests.parts.rules import stopped_by
from tests.world.peers import Conversation, conversation, installation


@pytest.fixture
def talk() -> Conversation:
    """Person, desk, person, person."""
    made = conversation(installation())
    made.first("I am Jo.")
    made.desk_writes("Callum", "Thank you.")
    made.person_writes("It was not me.")
    made.person_writes("He is here.")
    return made


def with_one_altered(talk: Conversation, place: int) -> dict[str, Any]:
    answer = talk.answer()
    raw = bytearray(decode(answer["envelopes"][place]))
    raw[4_000] ^= 1
    answer["envelopes"][place] = encode(bytes(raw))
    return answer


def document(thread: Thread, *places: tuple[int, int]) -> str:
    return disclosed_document("harm-child", "police", "Leith", places, own_checks(places, thread.items), thread.items)


@stopped_by("a message that could not be read is named")
def test_a_message_that_failed_between_the_chosen_ones_is_named(talk: Conversation) -> None:
    text = document(talk.as_desk("Moira", with_one_altered(talk, 2)), (1, 1), (1, 3))
    assert "\n[message 2 from the person could not be read]\n" in text
    assert text.index("I am Jo.") < text.index("[message 2") < text.index("He is here.")


def test_one_outside_of_them_is_not_and_none_can_be_chosen(talk: Conversation) -> None:
    thread = talk.as_desk("Moira", with_one_altered(talk, 2))
    assert "could not be read" not in document(thread, (1, 1), (2, 1))
    with pytest.raises(BadChain):
        document(thread, (1, 1), (1, 2))


def test_a_message_that_nobody_chose_is_left_out(talk: Conversation) -> None:
    text = document(talk.as_desk("Moira"), (1, 1), (1, 3))
    assert "It was not me." not in text
    assert "could not be read" not in text


def test_each_message_says_how_much_its_writer_had_read(talk: Conversation) -> None:
    talk.envelopes.append(crossing(talk))
    text = document(talk.as_desk("Moira"), (1, 1), (2, 1), (1, 2), (1, 4))
    heads = [line for line in text.split("\n") if line.startswith("Message ")]
    assert [head.split("; received")[0] for head in heads] == [
        "Message 1 from the person; had read nothing from the helpline",
        "Message 1 from the helpline; had read message 1 from the person",
        "Message 2 from the person; had read message 1 from the helpline",
        "Message 4 from the person; had read message 1 from the helpline; written, by the person's own clock, on 2026-11-23",
    ]
    assert all(head.endswith("; received, by the server's clock, on 2026-11-24") for head in heads)


def crossing(talk: Conversation) -> bytes:
    """A message with a day of the person's own."""
    body = seal_from_person(talk.desk.site, talk.inbox, talk.as_person(), "Please.", day="2026-11-23")
    return decode(body["envelope"])


@stopped_by(("a day that the server says is a date", "a day in a document is a date"))
def test_a_day_of_the_servers_cannot_carry_a_line(talk: Conversation) -> None:
    """It would stand in the text that two people sign, and look as what the person wrote."""
    answer = talk.answer()
    answer["days"][0] = "2026-11-24\n> Last night I did it."
    with pytest.raises(Malformed):
        document(talk.as_desk("Moira", answer), (1, 1))


@stopped_by("a day of the person's own is a date")
def test_a_day_of_their_own_cannot_carry_a_line(talk: Conversation) -> None:
    with pytest.raises(BadPlaintext, match="its day"):
        seal_from_person(talk.desk.site, talk.inbox, talk.as_person(), "Please.", day="2026-11-23\n> I did it.")
