"""Somebody who writes to the helpline, over its interface, with the protocol's Python peer."""

from functools import cache as once
from itertools import count
from typing import Any

from django.test import Client

from helpline.clock import now
from messaging.models import Conversation, DeskMember
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode
from messaging.protocol.peer import (
    InboxKeys,
    Message,
    Site,
    check_desk,
    derive_inbox,
    make_words,
    read_as_person,
    seal_first,
    seal_from_person,
    sign_first,
    sign_session,
)
from tests.world.staff import People

# So many people write in turn. A web server that goes on from test to test counts how often each of them comes.
PEOPLE = 12
_turn = count()


@once
def _inbox_of(number: int, site: Site) -> tuple[list[str], InboxKeys]:
    """Words and what is made of them, once a run: that is slow, on purpose."""
    words = make_words()
    return words, derive_inbox(site, words)


class Writer:
    """One person with an inbox of their own. In a later test, where the database knows nobody, another may have the same words."""

    def __init__(self, people: People) -> None:
        self.site = people.site
        number = next(people.writers)
        words, self.inbox = _inbox_of(next(_turn) % PEOPLE if number < PEOPLE else number, people.site)
        self.words = list(words)
        self.client = Client()
        self.conversation_id = b""

    def first(self, text: str, route: str = "self") -> "Writer":
        """Sends the first message."""
        desk = check_desk(self.site, self._ask("get", "desk"), day_of(now()))
        first = seal_first(self.site, self.inbox, desk, {"route": route, "terms": 1, "text": text})
        body = sign_first(self.site, self.inbox, first, self._ask("post", "challenges", {})["challenge"])
        self.conversation_id = decode(self._ask("post", "messages", body)["conversation"])
        return self

    def again(self, text: str) -> None:
        """Comes back and writes on."""
        answer, token = self._inbox()
        thread = read_as_person(self.site, self.inbox, answer, day_of(now()))
        self._ask("post", "inbox/envelopes", seal_from_person(self.site, self.inbox, thread, text), token)

    def reads(self) -> list[tuple[str, str | None]]:
        """Every reply of the desk that holds: its text and who signed it."""
        thread = read_as_person(self.site, self.inbox, self._inbox()[0], day_of(now()))
        assert all(isinstance(item, Message) for item in thread.items)
        return [(item.content.text, item.writer) for item in thread.items if isinstance(item, Message) and item.direction == 2]

    def given_to(self, member: DeskMember) -> "Writer":
        """As routing would have it."""
        Conversation.objects.filter(conversation_id=self.conversation_id).update(
            state=Conversation.State.ASSIGNED, member=member, unrouted_since=None
        )
        return self

    @property
    def conversation(self) -> Conversation:
        return Conversation.objects.get(conversation_id=self.conversation_id)

    def _inbox(self) -> tuple[dict[str, Any], str]:
        challenge = self._ask("post", "challenges", {})["challenge"]
        token = str(self._ask("post", "sessions", sign_session(self.site, self.inbox, challenge))["token"])
        return self._ask("get", "inbox", token=token), token

    def _ask(self, method: str, path: str, body: object = None, token: str = "") -> dict[str, Any]:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer = getattr(self.client, method)(f"/api/v1/{path}", body, content_type="application/json", headers=headers)
        assert answer.status_code < 300, answer.content
        found: dict[str, Any] = answer.json()
        return found
