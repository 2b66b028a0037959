"""A desk with one key-holder, a person with an inbox, and the server's answer between them, all in memory."""

import os
from dataclasses import dataclass, field

from messaging.encoding import decode
from messaging.peer.epochs import OpenDesk, check_desk, make_certificate, open_desk, open_epoch
from messaging.peer.keys import Counsellor, InboxKeys, Site, derive_inbox, make_vault, open_site
from messaging.peer.primitives import sign_public
from messaging.peer.threads import Answer, Thread, read_thread
from messaging.peer.words import make_words
from messaging.peer.writing import seal_first, seal_from_desk, seal_from_person
from messaging.wire import Opening

TODAY = 20_000


@dataclass
class Desk:
    """An installation whose root, key-holder and epochs are made here."""

    root_seed: bytes = field(default_factory=lambda: os.urandom(32))
    statements: list[bytes] = field(default_factory=list)
    grants: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.site: Site = open_site(sign_public(self.root_seed), "https://helpline.example")
        self.counsellor, self.record, request = make_vault(self.site, os.urandom(16), "a long enough passphrase")
        self.certificate = self.certify(request, "Moira")
        self.next_epoch(TODAY)

    def certify(self, request: bytes, name: str) -> bytes:
        return make_certificate(self.root_seed, self.site, request, name, key_holder=True, first_day=TODAY - 100, last_day=TODAY + 300)

    def next_epoch(self, first_day: int) -> None:
        previous = self.statements[-1] if self.statements else None
        statement, grants = open_epoch(self.site, self.counsellor, self.certificate, [self.certificate], previous, first_day=first_day)
        self.statements.append(statement)
        self.grants[len(self.statements)] = grants[0][2]

    def open(self) -> OpenDesk:
        counsellor: Counsellor = self.counsellor
        return open_desk(self.site, counsellor, self.certificate, self.statements, [self.certificate], self.grants)


@dataclass
class Exchange:
    """A conversation as an honest server would keep it."""

    desk: Desk
    inbox: InboxKeys
    openings: list[bytes] = field(default_factory=list)
    envelopes: list[bytes] = field(default_factory=list)
    today: int = TODAY

    def answer(self) -> Answer:
        conversation = Opening.parse(self.openings[0]).conversation
        return Answer(
            self.inbox.inbox_id,
            self.inbox.kem_public,
            conversation,
            list(self.desk.statements),
            [self.desk.certificate],
            list(self.openings),
            list(self.envelopes),
            ["2026-11-24"] * len(self.envelopes),
        )

    def as_person(self, answer: Answer | None = None) -> Thread:
        return read_thread(self.desk.site, self.inbox, answer or self.answer(), self.today)

    def as_desk(self, answer: Answer | None = None) -> Thread:
        return read_thread(self.desk.site, self.desk.open(), answer or self.answer(), self.today)

    def first(self, text: str) -> None:
        desk = check_desk(self.desk.site, self.desk.statements[-1], [self.desk.certificate], self.today)
        self._keep(seal_first(self.desk.site, self.inbox, desk, {"route": "self", "terms": 1, "text": text}))

    def person_writes(self, text: str) -> None:
        self._keep(seal_from_person(self.desk.site, self.inbox, self.as_person(), text))

    def desk_writes(self, text: str) -> None:
        self._keep(seal_from_desk(self.desk.site, self.desk.open(), self.as_desk(), {"type": "text", "text": text}))

    def _keep(self, body: dict[str, str] | dict[str, str | None]) -> None:
        if body["opening"] is not None:
            self.openings.append(decode(body["opening"]))
        self.envelopes.append(decode(body["envelope"]))


def exchange() -> Exchange:
    """A new desk, a new inbox, nothing written yet."""
    desk = Desk()
    return Exchange(desk, derive_inbox(desk.site, make_words()))
