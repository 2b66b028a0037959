"""Between one query and the next the person deletes everything: the reader is told so, and nothing breaks."""

import pytest

from messaging.conversations.erase import erase_conversation
from messaging.conversations.find import find_conversation
from messaging.conversations.read import conversation_body
from messaging.http.problems import Problem
from tests.world.desk import NOON, Desk, send

pytestmark = pytest.mark.django_db


def test_what_is_gone_is_not_found(desk: Desk) -> None:
    thread = find_conversation(send().conversation)
    erase_conversation(thread.inbox_id)
    with pytest.raises(Problem) as refused:
        conversation_body(thread, at=NOON)
    assert refused.value.name == "not-found"
