"""Who takes part in live talks that are measured: counsellors on one roster, people with an open conversation, and their sessions.

Rows alone are made here, before anything serves: nobody's place in a queue is measured.
"""

import base64
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client

from helpline.clock import now
from helpline.models import Account, Counsellor, OpeningInterval, Shift
from messaging.inbox.sessions import session_token_hash
from messaging.keys import registry, vaults
from messaging.keys.desk_epochs import desk_public_keys
from messaging.models import Conversation, DeskMember, Session, Talk
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import Counsellor as Keys
from messaging.protocol.peer import InboxKeys, check_desk, open_desk_epoch, seal_first
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.keys import derive_counsellor, inbox_keys_of
from messaging.protocol.peer.openings import person_secret
from messaging.protocol.peer.tags import TagContext, persons_tag_keys
from messaging.protocol.peer.vault import make_request
from messaging.protocol.wire import Certificate, Envelope, Opening, Statement
from tests.parts.environment import ROOT_SEED
from tests.world.able import seen
from tests.world.desk import RECORD, as_message, receive, signed_body
from tests.world.staff import People

SHIFT = timedelta(hours=4)


@dataclass(frozen=True)
class CastMember:
    """A counsellor, with the keys that their browser would have."""

    member: DeskMember
    keys: Keys
    certificate: Certificate


@dataclass(frozen=True)
class CastTalk:
    """A talk that goes on, and what both pages know of it."""

    number: int
    pk: int
    conversation: bytes
    token: str
    secret: bytes
    opening_hash: bytes
    first_hash: bytes
    tag_keys: list[bytes | None]
    statement: Statement
    counsellor: CastMember
    # The headers of the counsellor's browser.
    browser: dict[str, str]

    @property
    def address(self) -> str:
        return encode(self.conversation)


def signed_in(account: Account) -> dict[str, str]:
    """The headers of a browser of its own, in which this account has signed in."""
    client = Client(headers={"host": urlsplit(settings.ORIGIN).netloc})
    client.force_login(account)
    token = secrets.token_hex(16)
    cookies = {**{name: cookie.value for name, cookie in client.cookies.items()}, settings.CSRF_COOKIE_NAME: token}
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {"Cookie": cookie, "X-CSRFToken": token, "Origin": settings.ORIGIN}


def hire(people: People, count: int, *, at: datetime) -> list[CastMember]:
    """So many more counsellors on duty for live talk, which is open today and tomorrow; they and the two are an epoch's roster."""
    weekdays = {at.weekday(), (at + timedelta(days=1)).weekday()}
    OpeningInterval.objects.bulk_create(OpeningInterval(channel="live", weekday=weekday, opens=0, closes=1440) for weekday in weekdays)
    cast = [_hired(people, number, at=at) for number in range(count)]
    theirs = [person.member.certificates.get().certificate for person in (people.ailsa, people.bhavna)]
    candidates = [encode(raw) for raw in (*theirs, *(each.certificate.raw for each in cast))]
    body = open_desk_epoch(people.site, people.desk_of(people.ailsa, at=at), candidates, day_of(at), 35)
    grants = [registry.GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    registry.add_epoch(statement=decode(body["statement"]), grants=grants, at=at)
    people.confirm(people.bhavna, at=at)
    return cast


def _hired(people: People, number: int, *, at: datetime) -> CastMember:
    name = f"Counsellor {number}"
    account = Account.objects.create_user(f"talks{number}@helpline.example", None, name=name, role=Account.Role.COUNSELLOR)
    TOTP.activate(account, base64.b32encode(os.urandom(20)).decode())
    counsellor = Counsellor.objects.create(account=account, display_name=name)
    keys = derive_counsellor(people.site, os.urandom(16), os.urandom(32))
    # Of ordinary messages they are given none.
    member = registry.make_desk_member(counsellor, counsellor_id=keys.counsellor_id, cap=0)
    request = decode(make_request(people.site, keys))
    vaults.store_vault(member, record=RECORD, request=request, at=at)
    today = day_of(at)
    raw = make_certificate(ROOT_SEED, people.site, request, name, key_holder=False, first_day=today - 30, last_day=today + 69)
    registry.add_certificate(certificate=raw, at=at)
    seen(Shift.objects.create(counsellor=counsellor, channel="live", starts_at=at - timedelta(minutes=5), ends_at=at + SHIFT))
    return CastMember(member, keys, Certificate.parse(raw))


def begin_talks(people: People, cast: list[CastMember], count: int, *, of_a_browser: int = 2, at: datetime) -> list[CastTalk]:
    """So many people have written once, have a session, and are talked with by the counsellors in turn, so many from each browser."""
    desk = check_desk(people.site, desk_public_keys(at=at, conversation_limit=50), day_of(at))
    browsers: dict[tuple[int, int], dict[str, str]] = {}
    talks = []
    for number in range(count):
        place = number % len(cast), number // len(cast) // of_a_browser
        who = cast[place[0]]
        if place not in browsers:
            browsers[place] = signed_in(who.member.counsellor.account)
        inbox = inbox_keys_of(people.site, os.urandom(32))
        first = seal_first(people.site, inbox, desk, {"route": "self", "terms": 1, "text": "I am worried"})
        row = _talked_with(first, inbox, who, at=at)
        token = secrets.token_bytes(32)
        Session.objects.create(token_hash=session_token_hash(token), inbox_id=row.inbox_id, used_at=at)
        talks.append(
            CastTalk(
                number=number,
                pk=row.pk,
                conversation=row.conversation_id,
                token=encode(token),
                secret=person_secret(people.site, inbox, row.conversation_id, desk.statement),
                opening_hash=Opening.parse(decode(first["opening"])).opening_hash,
                first_hash=Envelope.parse(decode(first["envelope"])).envelope_hash,
                tag_keys=persons_tag_keys(TagContext(people.site, row.conversation_id, desk.statement), inbox, desk.tag_publics),
                statement=desk.statement,
                counsellor=who,
                browser=browsers[place],
            )
        )
    return talks


def _talked_with(first: dict[str, str], inbox: InboxKeys, who: CastMember, *, at: datetime) -> Conversation:
    """The conversation of a first message, which this counsellor talks in."""
    taken = receive(as_message(signed_body(inbox, first, now())), now())
    row = Conversation.objects.get(conversation_id=taken.conversation)
    Conversation.objects.filter(pk=row.pk).update(member=who.member, state=Conversation.State.ASSIGNED, unrouted_since=None)
    Talk.objects.create(
        conversation=row, state=Talk.State.TAKEN, member=who.member, asked_at=at, taken_at=at, active_at=at, closes_at=at + SHIFT
    )
    return row
