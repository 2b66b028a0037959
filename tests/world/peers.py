"""A desk with counsellors, a person with an inbox, and an honest server's answers between them, all in memory."""

import os
from dataclasses import dataclass, field
from typing import Any

from messaging.protocol.encoding import decode, encode, hashed
from messaging.protocol.peer import (
    OpenDesk,
    Site,
    Thread,
    check_desk,
    make_confirmation,
    make_root_confirmation,
    open_desk,
    open_desk_epoch,
    open_site,
    read_as_desk,
    read_as_person,
    seal_first,
    seal_from_desk,
    seal_from_person,
)
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.keys import Counsellor, InboxKeys, derive_counsellor, inbox_keys_of
from messaging.protocol.peer.primitives import Random, sign_public
from messaging.protocol.peer.vault import make_request
from messaging.protocol.wire import Certificate, Opening, Statement, confirmed_statements

TODAY = 20_700
ORIGIN = "https://helpline.example"
# What §8.3 says of a conversation beside inbox_id, and §7.6 does not.
DESKS_ALONE = ("assigned_to", "snoozed_until", "flag", "flag_by", "flag_opened_by", "flag_opened_at")


@dataclass
class Member:
    """A counsellor as the desk knows them."""

    counsellor: Counsellor
    certificate: bytes
    grants: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Installation:
    """An installation whose root, counsellors and epochs are made here. No passphrase: the slow derivation has tests of its own."""

    random: Random = os.urandom
    today: int = TODAY
    members: dict[str, Member] = field(default_factory=dict)
    statements: list[bytes] = field(default_factory=list)
    confirmations: list[bytes] = field(default_factory=list)
    grants: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root_seed = self.random(32)
        self.site: Site = open_site(sign_public(self.root_seed), ORIGIN)

    def join(self, name: str, *, key_holder: bool = False, first_day: int = TODAY - 49, last_day: int = TODAY + 50) -> Member:
        counsellor = derive_counsellor(self.site, self.random(16), self.random(32))
        request = decode(make_request(self.site, counsellor))
        certificate = make_certificate(
            self.root_seed, self.site, request, name, key_holder=key_holder, first_day=first_day, last_day=last_day
        )
        self.members[name] = Member(counsellor, certificate)
        return self.members[name]

    def me(self, name: str) -> dict[str, Any]:
        """The answer of §8.1; everybody's grants are those of the newest epoch that counts, and of later ones."""
        member, newest = self.members[name], self.newest()
        return {
            "counsellor_id": encode(member.counsellor.counsellor_id),
            "display_name": name,
            "vaults": [],
            "certificate": encode(member.certificate),
            "request": None,
            "sheet_made_on": None,
            "other": None,
            "grants": [*member.grants, *(each for each in self.grants if each["epoch"] >= newest and each not in member.grants)],
            "statements": [encode(statement) for statement in self.statements],
            "confirmations": [encode(raw) for raw in self.confirmations],
            "certificates": self.certificates(),
            "current": newest or None,
            "checkpoint": None,
        }

    def certificates(self) -> list[str]:
        return [encode(member.certificate) for member in self.members.values()]

    def open(self, name: str) -> OpenDesk:
        return open_desk(self.site, self.members[name].counsellor, self.me(name), self.today)

    def newest(self) -> int:
        """The number of the newest epoch that counts."""
        certificates = {each.certificate_id: each for each in (Certificate.parse(member.certificate) for member in self.members.values())}
        chain = [Statement.parse(raw) for raw in self.statements]
        return max((each.number for each in confirmed_statements(self.site.root, chain, self.confirmations, certificates)), default=0)

    def next_epoch(self, opener: str, roster: list[str], days: int = 35, *, by: str | None = "") -> None:
        """Opened, and confirmed by `by`: the first on it who can when empty (the root where nobody can), nobody when None."""
        candidates = [encode(self.members[name].certificate) for name in roster]
        self.keep(open_desk_epoch(self.site, self.open(opener), candidates, self.today, days, self.random))
        if by is not None and self.newest() < len(self.statements):
            self.confirm(by or next((name for name in roster if self.open(name).waiting[0].trouble is None), ""))

    def confirm(self, name: str) -> None:
        """The newest epoch, by someone who has looked at it, or by the root."""
        statement = Statement.parse(self.statements[-1])
        if not name:
            self.confirmations.append(make_root_confirmation(self.root_seed, self.site, statement))
            return
        desk = self.open(name)
        self.confirmations.append(make_confirmation(self.site, desk.counsellor, desk.waiting[0], desk.certificates))

    def keep(self, body: dict[str, Any]) -> None:
        """What an honest server does with `POST epochs`."""
        self.statements.append(decode(body["statement"]))
        self.grants += body["grants"]
        ids = {encode(hashed("certificate-id", member.certificate)[:16]): member for member in self.members.values()}
        for grant in body["grants"]:
            ids[grant["certificate_id"]].grants.append(grant)

    def desk_answer(self) -> dict[str, Any]:
        """The answer of §7.2."""
        chain = {"statements": [encode(self.statements[-1])], "confirmations": [encode(raw) for raw in self.confirmations]}
        return {**chain, "certificates": self.certificates(), "conversation_limit": 50, "checkpoint": None}


@dataclass
class Conversation:
    """A conversation as an honest server would keep it."""

    desk: Installation
    inbox: InboxKeys
    openings: list[bytes] = field(default_factory=list)
    envelopes: list[bytes] = field(default_factory=list)
    writers: list[tuple[str, str]] = field(default_factory=list)

    def answer(self) -> dict[str, Any]:
        """The answer of §8.3; without DESKS_ALONE and inbox_id it is §7.6's."""
        first = Opening.parse(self.openings[0])
        return {
            "inbox_id": encode(self.inbox.inbox_id),
            "conversation": encode(first.conversation),
            "kem_public": encode(self.inbox.kem_public),
            "sign_public": encode(self.inbox.sign_public),
            "tag_public": encode(self.inbox.tag_public),
            "statements": [encode(raw) for raw in self.desk.statements if Statement.parse(raw).number >= first.epoch],
            "confirmations": [encode(raw) for raw in self.desk.confirmations],
            "certificates": self.desk.certificates(),
            "openings": [encode(raw) for raw in self.openings],
            "envelopes": [encode(raw) for raw in self.envelopes],
            "days": ["2026-11-24"] * len(self.envelopes),
            "state": "assigned",
            "reply_by": None,
            "blocked_until": None,
            "checkpoint": None,
            **dict.fromkeys(DESKS_ALONE),
        }

    def as_person(self, answer: dict[str, Any] | None = None) -> Thread:
        return read_as_person(self.desk.site, self.inbox, answer or self.answer(), self.desk.today)

    def as_desk(self, name: str, answer: dict[str, Any] | None = None) -> Thread:
        return read_as_desk(self.desk.site, self.desk.open(name), answer or self.answer(), self.desk.today)

    def first(self, text: str, route: str = "self") -> None:
        desk = check_desk(self.desk.site, self.desk.desk_answer(), self.desk.today)
        self._keep(seal_first(self.desk.site, self.inbox, desk, {"route": route, "terms": 1, "text": text}, self.desk.random))

    def person_writes(self, text: str) -> None:
        self._keep(seal_from_person(self.desk.site, self.inbox, self.as_person(), text, self.desk.random))

    def desk_writes(self, name: str, text: str, kind: str = "text", **more: object) -> None:
        content = {"type": kind, "text": text, **more}
        self._keep(seal_from_desk(self.desk.site, self.desk.open(name), self.as_desk(name), content, self.desk.random))

    def _keep(self, body: dict[str, Any]) -> None:
        if body["opening"] is not None:
            self.openings.append(decode(body["opening"]))
        self.envelopes.append(decode(body["envelope"]))


def installation(random: Random = os.urandom) -> Installation:
    """Moira (a key-holder) and Callum at the desk, in epoch 1, of today."""
    desk = Installation(random)
    desk.join("Moira", key_holder=True)
    desk.join("Callum")
    desk.next_epoch("Moira", ["Moira", "Callum"])
    return desk


def conversation(desk: Installation) -> Conversation:
    """A new inbox, nothing written yet."""
    return Conversation(desk, inbox_keys_of(desk.site, desk.random(32)))


def texts(thread: Thread) -> list[str]:
    return [item.content.text for item in thread.items if item.kind == "message"]


def warned(thread: Thread) -> list[tuple[str, int, int]]:
    return [(each.warning, each.direction, each.sequence) for each in thread.warnings]


__all__ = ["TODAY", "Conversation", "Installation", "conversation", "installation", "texts", "warned"]
