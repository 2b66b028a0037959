"""Somebody who writes, and counsellors at their desks, speaking to the interfaces over Django's test client."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.test import Client

from messaging.conversations.find import find_conversation, holder_name
from messaging.models import ConversationRead
from messaging.protocol.encoding import encode
from messaging.protocol.peer import InboxKeys, Message, Thread, read_as_person, seal_from_person, sign_session
from tests.parts.openapi import demand_documented
from tests.world.desk import NOON, Desk, day, new_inbox, sealed_body, site

Response = Any  # The test client's answers, which the types of Django keep to themselves.


def set_clock(at: datetime) -> None:
    """The service's clock goes on from `at`; the `clock` fixture puts it back."""
    settings.CLOCK_OFFSET = at - datetime.now(UTC)


def call(client: Client, method: str, path: str, body: object = None, **headers: str) -> Response:
    """One request with a JSON body, or with the raw text or bytes given; its answer is as the interface's document says."""
    raw = body if isinstance(body, str | bytes) else json.dumps(body) if body is not None else ""
    kind = "application/json" if body is not None else ""
    response = client.generic(method, path, raw, content_type=kind, headers=headers)
    demand_documented(method, path, response)
    return response


@dataclass
class Person:
    """A browser with its keys; no cookie jar is ever used."""

    inbox: InboxKeys = field(default_factory=new_inbox)
    token: str = ""
    client: Client = field(default_factory=Client)

    def call(self, method: str, path: str, body: object = None) -> Response:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return call(self.client, method, f"/api/v1/{path}", body, **headers)

    def write_first(self, text: str = "I am worried", at: datetime = NOON) -> Response:
        return self.call("POST", "messages", sealed_body(self.inbox, text, at))

    def challenge(self) -> str:
        return str(self.call("POST", "challenges", {}).json()["challenge"])

    def proof(self, challenge: str | None = None) -> dict[str, str]:
        return sign_session(site(), self.inbox, challenge or self.challenge())

    def come_back(self) -> Response:
        response = self.call("POST", "sessions", self.proof())
        if response.status_code == 201:
            self.token = response.json()["token"]
        return response

    def answer(self) -> dict[str, Any]:
        response = self.call("GET", "inbox")
        assert response.status_code == 200, response.content
        return dict(response.json())

    def thread(self, at: datetime = NOON) -> Thread:
        return read_as_person(site(), self.inbox, self.answer(), day(at))

    def sealed(self, text: str = "Are you there?", at: datetime = NOON) -> dict[str, str | None]:
        return seal_from_person(site(), self.inbox, self.thread(at), text)

    def write(self, text: str = "Are you there?", at: datetime = NOON) -> Response:
        return self.call("POST", "inbox/envelopes", self.sealed(text, at))


@dataclass
class AtDesk:
    """A counsellor's browser, signed in with a second factor, the vault unlocked."""

    desk: Desk
    name: str
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        account = self.desk.members[self.name].counsellor.account
        if not Authenticator.objects.filter(user_id=account.pk).exists():
            Authenticator.objects.create(user_id=account.pk, type=Authenticator.Type.TOTP, data={"secret": "unused"})
        self.client.force_login(account)

    def call(self, method: str, path: str, body: object = None) -> Response:
        return call(self.client, method, f"/desk/api/{path}", body)

    def answer(self, conversation: bytes) -> dict[str, Any]:
        response = self.call("GET", f"conversations/{encode(conversation)}")
        assert response.status_code == 200, response.content
        return dict(response.json())

    def sealed(self, conversation: bytes, text: str = "Thank you for writing", at: datetime = NOON) -> dict[str, str | None]:
        return self.desk.sealed_reply(self.name, self.answer(conversation), text, at)

    def reply(self, conversation: bytes, text: str = "Thank you for writing", at: datetime = NOON) -> Response:
        return self.call("POST", f"conversations/{encode(conversation)}/envelopes", self.sealed(conversation, text, at))

    def does(self, conversation: bytes, verb: str, **body: object) -> Response:
        """One of the day's verbs: `close`, `snooze`, `hand-over`, `take-over`, `flag`, `block`, `notes`, `presence`."""
        return self.call("POST", f"conversations/{encode(conversation)}/{verb}", body)

    def lists(self) -> dict[str, list[dict[str, Any]]]:
        response = self.call("GET", "conversations")
        assert response.status_code == 200, response.content
        return dict(response.json())

    def where(self, conversation: bytes) -> set[str]:
        """The lists that have the conversation."""
        return {name for name, lines in self.lists().items() if encode(conversation) in {line["conversation"] for line in lines}}

    def claim(self, conversation: bytes) -> Response:
        return self.call("POST", f"conversations/{encode(conversation)}/claim", {})

    def release(self, conversation: bytes) -> Response:
        return self.call("POST", f"conversations/{encode(conversation)}/release", {})


def kind_of(response: Response) -> str:
    """The name of the problem; the answer must be a whole problem document."""
    assert response["Content-Type"] == "application/problem+json", response.content
    problem = response.json()
    assert {"type", "title", "status", "detail"} <= problem.keys()
    assert problem["status"] == response.status_code
    return str(problem["type"]).removeprefix("/problems/")


def all_rows() -> dict[str, list[tuple[object, ...]]]:
    """Every row of the service but who opened what, for reading is noted: what a refused request must not change."""
    everything = [model for label in ("messaging", "helpline") for model in apps.get_app_config(label).get_models()]
    models = [model for model in everything if model is not ConversationRead]
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in models}


def who_has(conversation: bytes) -> str | None:
    """The display name of the counsellor who has the thread."""
    return holder_name(find_conversation(conversation))


def texts_of(thread: Thread) -> list[tuple[str | None, str | None]]:
    """Writer and text of each message in a thread that holds."""
    assert thread.warnings == []
    return [(item.writer, item.content.text) for item in thread.items if isinstance(item, Message)]
