"""A slip in the words is named on the device; eight good words that open nothing are answered in one way, whatever the reason."""

import pytest

from messaging.protocol.peer import ProtocolError, make_words, parse_words
from tests.journeys.wrong_words import asked, try_words
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_an_unknown_word_is_named_and_nothing_is_asked_of_the_server(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    words = make_words()
    said = try_words(person, " ".join([*words[:2], "aple", *words[3:]]))
    assert "aple" in said
    assert "3" in said
    assert asked(person) == []


def test_words_in_another_order_are_noticed_on_the_device(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    words = sorted(make_words())
    while True:
        words = words[1:] + words[:1]
        said = try_words(person, " ".join(words)) if _checksum_fails(words) else ""
        if said:
            break
    assert asked(person) == []


def _checksum_fails(words: list[str]) -> bool:
    try:
        parse_words(" ".join(words))
    except ProtocolError:
        return True
    return False


def test_unknown_and_deleted_conversations_are_answered_alike(people: People, web_server: WebServer, visit: Visit) -> None:
    deleted = Writer(people).first("Delete me")
    deleted.conversation.inbox.delete()
    heard = []
    for words in (make_words(), deleted.words):
        person = visit("the person")
        person.expects("403")
        said = try_words(person, " ".join(words))
        heard.append((said, asked(person)))
    assert heard[0] == heard[1]
    assert "These words do not open a conversation" in heard[0][0]
