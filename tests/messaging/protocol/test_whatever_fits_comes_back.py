"""Any text that fits comes back as it was, and what is sent has the same size whatever was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import parse_words, text_fits
from messaging.protocol.peer.errors import Malformed, TooLong
from messaging.protocol.peer.padding import SIZE
from messaging.protocol.peer.plaintext import LARGEST, Ack, read_plaintext, write_plaintext
from messaging.protocol.peer.text import is_text
from messaging.protocol.peer.words import word_list, words_of_entropy
from tests.world.peers import Conversation, conversation, installation, texts

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=2000).filter(is_text)


@pytest.fixture(scope="module")
def talk() -> Conversation:
    made = conversation(installation())
    made.first("one")
    return made


@given(text=TEXTS)
def test_a_text_comes_back_from_its_padding(text: str) -> None:
    ack = Ack(3, bytes(range(32)))
    padded = write_plaintext({"type": "text", "text": text}, ack, 1, 2)
    found = read_plaintext(padded, 1, 2)
    assert (found.text, found.ack, len(padded)) == (text, ack, SIZE)


@given(text=TEXTS)
def test_a_text_comes_back_from_the_thread(talk: Conversation, text: str) -> None:
    answered = Conversation(talk.desk, talk.inbox, list(talk.openings), list(talk.envelopes))
    answered.desk_writes("Callum", text)
    assert texts(answered.as_person()) == texts(answered.as_desk("Moira")) == ["one", text]
    assert {len(envelope) for envelope in answered.envelopes} == {9_419}


@given(character=st.sampled_from(["a", "я", "\u20ac", "💚", '"', "\\", "\n", "\0"]))
def test_what_is_said_to_fit_fits_and_one_more_does_not_in_the_longest_message(character: str) -> None:
    taken, limit = text_fits(character)
    text = "a" * (limit % taken or taken) + character * ((limit - (limit % taken or taken)) // taken)
    intake = {"type": "intake", "route": "professional", "terms": LARGEST, "text": text, "day": "2026-12-31"}
    greatest = Ack(LARGEST, bytes([1]) * 32)
    assert read_plaintext(write_plaintext(intake, greatest, 1, 1), 1, 1).text == text
    with pytest.raises(TooLong):
        write_plaintext({**intake, "text": text + "a"}, greatest, 1, 1)


@given(data=st.binary(max_size=200))
def test_base64url_is_one_encoding(data: bytes) -> None:
    text = encode(data)
    assert decode(text) == data
    for other in (text + "=", text + "\n", " " + text, text + "A", text + "_"):
        try:
            assert encode(decode(other)) == other
        except Malformed:
            continue


@given(entropy=st.binary(min_size=10, max_size=10), separator=st.sampled_from([" ", "-", ", ", "\n", "\u2013", "\u00a0\u00a0"]))
def test_eight_words_come_back_however_they_are_written(entropy: bytes, separator: str) -> None:
    words = words_of_entropy(entropy)
    assert all(word in word_list() for word in words)
    assert parse_words(separator.join(words).upper()) == words
