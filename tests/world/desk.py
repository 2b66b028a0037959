"""An installation in the database as an admin and its key-holder would have made it: hours, counsellors on duty, keys, a desk epoch."""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from helpline.models import Account, Counsellor, OpeningInterval, Organisation, Shift
from messaging.conversations.append import AcceptedEnvelope
from messaging.inbox.accept import FirstMessage, accept_first_message
from messaging.installation import challenge_secret, installation_origin, installation_root_key
from messaging.keys.confirmations import add_confirmation
from messaging.keys.desk_epochs import desk_public_keys as desk_answer
from messaging.keys.own_keys import own_keys
from messaging.keys.registry import GrantIn, add_certificate, add_epoch, make_desk_member
from messaging.keys.vaults import store_vault
from messaging.models import CertificateRequest, DeskMember
from messaging.protocol import challenges
from messaging.protocol.encoding import VERSION, decode, encode
from messaging.protocol.peer import Counsellor as Keys
from messaging.protocol.peer import (
    InboxKeys,
    OpenDesk,
    Site,
    check_desk,
    make_root_confirmation,
    open_desk,
    open_site,
    read_as_desk,
    seal_first,
    seal_from_desk,
    sign_first,
)
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.epochs import new_epoch
from messaging.protocol.peer.keys import derive_counsellor, inbox_keys_of
from messaging.protocol.peer.primitives import sign
from messaging.protocol.peer.vault import make_request
from messaging.protocol.wire import Certificate, Envelope, Opening, Statement, named_since
from tests.parts.environment import ROOT_SEED
from tests.world.able import seen
from tests.world.again import built_once

# A Wednesday in winter, when London keeps UTC; everybody is on duty from ten to two.
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = (NOON.date() - date(1970, 1, 1)).days
RECORD = b"\1" + bytes(range(108))


@cache
def keys_of(number: int) -> Keys:
    """Made once for a whole run: making them says nothing about the server."""
    return derive_counsellor(site(), bytes([number]) * 16, os.urandom(32))


def site() -> Site:
    return open_site(installation_root_key(), installation_origin())


@dataclass
class Desk:
    """The desk's people by name, with their keys."""

    members: dict[str, DeskMember] = field(default_factory=dict)
    keys: dict[str, Keys] = field(default_factory=dict)
    certificates: dict[str, Certificate] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    # The newest that counts.
    standing: Statement | None = None

    @property
    def site(self) -> Site:
        return site()

    def join(self, name: str, *, cap: int = 8, key_holder: bool = False, on_duty: bool = True, at: datetime = NOON) -> DeskMember:
        """A counsellor who was invited, made a vault and was certified."""
        account = Account.objects.create_user(f"{name.lower()}@example.org", None, name=name)
        counsellor = Counsellor.objects.create(account=account, display_name=name)
        keys = keys_of(len(self.keys) + 1)
        member = make_desk_member(counsellor, counsellor_id=keys.counsellor_id, cap=cap)
        if on_duty:
            put_on_duty(member, at)
        self.members[name], self.keys[name] = member, keys
        self.certify(name, key_holder=key_holder)
        return member

    def certify(self, name: str, *, key_holder: bool = False, first_day: int = TODAY - 30, last_day: int = TODAY + 69) -> Certificate:
        request = decode(make_request(self.site, self.keys[name]))
        if not self.members[name].vaults.exists():
            store_vault(self.members[name], record=RECORD, request=request, at=NOON)
        signed = make_certificate(ROOT_SEED, self.site, request, name, key_holder=key_holder, first_day=first_day, last_day=last_day)
        add_certificate(certificate=signed, at=NOON)
        self.certificates[name] = Certificate.parse(signed)
        return self.certificates[name]

    def sheets_on_paper(self) -> None:
        """Everyone who has a vault has said so."""
        CertificateRequest.objects.update(sheet_made_on=NOON.date())

    def open_epoch(
        self, first_day: int = TODAY, days: int = 35, signer: str = "Moira", names: list[str] | None = None, *, confirmed: bool = True
    ) -> Statement:
        """The next epoch, with everybody named on its roster; confirmed by a colleague, or by the root where there is none who may."""
        raw, grants = self.sealed_epoch(first_day, days, signer, names)
        add_epoch(statement=raw, grants=grants, at=NOON)
        self.statements.append(Statement.parse(raw))
        if confirmed:
            self.confirm()
        return self.statements[-1]

    def confirm(self, name: str | None = None, number: int | None = None) -> None:
        """The newest epoch, or the one of this number, by somebody else on it or, where nobody may, by the root."""
        statement = self.statements[-1 if number is None else number - 1]
        by = [name] if name else [each for each in self.members if self._may_confirm(each, statement)]
        raw = self.confirmation(by[0], statement) if by else make_root_confirmation(ROOT_SEED, self.site, statement)
        account = self.members[by[0] if by else next(iter(self.members))].counsellor.account
        add_confirmation(number=statement.number, confirmation=raw, at=NOON, by=account)
        self.standing = statement

    def confirmation(self, name: str, statement: Statement) -> bytes:
        """What the counsellor signs, whatever is to be seen."""
        body = VERSION + statement.statement_hash + self.certificates[name].certificate_id
        return body + sign(self.keys[name].sign_seed, "confirmation", self.site.site + body)

    def _may_confirm(self, name: str, statement: Statement) -> bool:
        own = self.certificates[name]
        since = self.standing is None or named_since(own, self.standing)
        return statement.covered_by(own) and own.certificate_id != statement.signer and since

    def sealed_epoch(
        self, first_day: int = TODAY, days: int = 35, signer: str = "Moira", names: list[str] | None = None
    ) -> tuple[bytes, list[GrantIn]]:
        people = [self.certificates[name] for name in names or self.certificates]
        previous = self.statements[-1] if self.statements else None
        holder = self.keys[signer], self.certificates[signer]
        raw, grants = new_epoch(self.site, *holder, people, previous, standing=self.standing, first_day=first_day, days=days)
        return raw, [GrantIn(*grant) for grant in grants]

    def unlocked(self, name: str, at: datetime = NOON) -> OpenDesk:
        """The desk as the counsellor's browser has it after unlocking the vault."""
        return self.opened(self.keys[name], own_keys(self.members[name], at=at), at)

    def opened(self, keys: Keys, answer: dict[str, Any], at: datetime = NOON) -> OpenDesk:
        """The same with these keys, and what the server answers about them."""
        return open_desk(self.site, keys, answer, day(at))

    def sealed_reply(
        self, name: str, answer: dict[str, Any], text: str = "Thank you for writing", at: datetime = NOON
    ) -> dict[str, str | None]:
        """The body of a reply to the thread that the server answered with."""
        open_ = self.unlocked(name, at)
        return seal_from_desk(self.site, open_, read_as_desk(self.site, open_, answer, day(at)), {"type": "text", "text": text})


def day(at: datetime) -> int:
    return (at.astimezone(UTC).date() - date(1970, 1, 1)).days


def put_on_duty(member: DeskMember, at: datetime = NOON) -> None:
    hours = timedelta(hours=2)
    seen(Shift.objects.create(counsellor=member.counsellor, channel="messages", starts_at=at - hours, ends_at=at + hours))


def open_helpline(*names: str, cap: int = 8) -> Desk:
    """Messages are answered from nine to five on weekdays; all named are on duty around noon, and the first is a key-holder."""
    people = names or ("Moira", "Callum")
    return built_once(("helpline", people, cap), lambda: _opened(people, cap), at=NOON)


def _opened(names: tuple[str, ...], cap: int) -> Desk:
    Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000", promise_minutes=480)
    hours = (OpeningInterval(channel="messages", weekday=weekday, opens=540, closes=1020) for weekday in range(5))
    OpeningInterval.objects.bulk_create(hours)
    desk = Desk()
    for place, name in enumerate(names):
        desk.join(name, cap=cap, key_holder=place == 0)
    desk.open_epoch()
    return desk


def new_inbox() -> InboxKeys:
    """The keys of a new person's words, without the slow derivation."""
    return inbox_keys_of(site(), os.urandom(32))


def sealed_body(inbox: InboxKeys, text: str = "I am worried", at: datetime = NOON) -> dict[str, str]:
    """The body of `POST messages` as a browser makes it, with a challenge of its own."""
    today = check_desk(site(), desk_answer(at=at, conversation_limit=50), day(at))
    return signed_body(inbox, seal_first(site(), inbox, today, {"route": "self", "terms": 1, "text": text}), at)


def signed_body(inbox: InboxKeys, first: dict[str, str], at: datetime = NOON) -> dict[str, str]:
    """What was sealed, with a proof over a new challenge."""
    return sign_first(site(), inbox, first, encode(challenges.make_challenge(challenge_secret(), at)))


def sealed(inbox: InboxKeys, text: str = "I am worried", at: datetime = NOON) -> FirstMessage:
    return as_message(sealed_body(inbox, text, at))


def as_message(body: dict[str, str]) -> FirstMessage:
    """The body of `POST messages` as the view parses it."""
    raw = {name: decode(value) for name, value in body.items()}
    opening, envelope = Opening.parse(raw["opening"]), Envelope.parse(raw["envelope"])
    return FirstMessage(raw["kem_public"], raw["sign_public"], raw["tag_public"], opening, envelope, raw["challenge"], raw["proof"])


def send(text: str = "I am worried", at: datetime = NOON, inbox: InboxKeys | None = None) -> AcceptedEnvelope:
    """A first message of somebody's."""
    return receive(sealed(inbox or new_inbox(), text, at), at)


def receive(message: FirstMessage, at: datetime = NOON, *, at_origin: str = "") -> AcceptedEnvelope:
    """A first message, given to the operation as the view would."""
    return accept_first_message(message, site=site().site, origin=at_origin or site().origin, secret=challenge_secret(), at=at)
