"""Three named people with real keys: Ailsa (a key-holder) and Bhavna at the desk and on duty, and Connor, a stranger to it."""

import base64
import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache as once
from itertools import count
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from helpline.clock import now
from helpline.models import Account, ConfidentialityTerms, Counsellor, OpeningInterval, Organisation, Shift
from helpline.staff.second_step import LAST
from messaging.keys import registry, vaults
from messaging.keys.confirmations import add_confirmation
from messaging.keys.own_keys import own_keys
from messaging.models import DeskMember, Epoch
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import (
    NewVault,
    OpenDesk,
    Site,
    make_confirmation,
    make_passphrase,
    make_root_confirmation,
    make_vault,
    open_desk,
    open_desk_epoch,
    open_site,
)
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.wire import Statement
from tests.parts.environment import ROOT_SEED
from tests.world.able import seen
from tests.world.again import built_once

STRANGER = "Connor"
NAMES = ("Ailsa", "Bhavna", STRANGER)
TOTP_PERIOD = 30


@dataclass(frozen=True)
class Person:
    """Somebody on the staff, and every secret of theirs."""

    name: str
    account: Account
    email: str
    password: str
    totp_secret: str

    def code(self) -> str:
        """What their authenticator shows now."""
        return str(format_hotp_value(hotp_value(self.totp_secret, int(time.time()) // TOTP_PERIOD)))

    def forget_code(self) -> None:
        """As if half a minute had passed: what the authenticator shows now was not used yet."""
        row = Authenticator.objects.get(user=self.account, type=Authenticator.Type.TOTP)
        cache.delete(TOTP(row)._get_used_cache_key(self.code()))
        row.data.pop(LAST, None)
        row.save(update_fields=["data"])


@dataclass(frozen=True)
class DeskPerson(Person):
    """Somebody with a place at the desk and a vault. The stranger's keys have no certificate."""

    counsellor: Counsellor
    member: DeskMember
    passphrase: str
    vault: NewVault


@dataclass(frozen=True)
class People:
    """The desk's people, its admin, and the site that all their keys belong to."""

    site: Site
    ailsa: DeskPerson
    bhavna: DeskPerson
    stranger: DeskPerson
    admin: Person
    # Whoever writes to them, one after the other.
    writers: Iterator[int] = field(default_factory=count, compare=False, repr=False)

    def desk_of(self, person: DeskPerson, *, at: datetime | None = None) -> OpenDesk:
        """What the person's browser has after unlocking: keys, checked certificates, opened grants."""
        instant = at or now()
        answer: dict[str, Any] = own_keys(person.member, at=instant)
        return open_desk(self.site, person.vault.counsellor, answer, day_of(instant))

    def confirm(self, person: DeskPerson | None, *, at: datetime | None = None) -> None:
        """The newest epoch that waits, by the person, who has looked at it, or by the root's keepers."""
        instant = at or now()
        if person is None:
            waiting = Epoch.objects.order_by("-number")[0]
            raw = make_root_confirmation(ROOT_SEED, self.site, Statement.parse(waiting.statement))
            add_confirmation(number=waiting.number, confirmation=raw, at=instant, by=self.admin.account)
            return
        desk = self.desk_of(person, at=instant)
        raw = make_confirmation(self.site, person.vault.counsellor, desk.waiting[0], desk.certificates)
        add_confirmation(number=desk.waiting[0].statement.number, confirmation=raw, at=instant, by=person.account)


@once
def _vault_of(name: str, site: Site) -> NewVault:
    """Made once a run: the passphrase is slow to derive, on purpose."""
    return make_vault(site, _counsellor_id(name), _passphrase(name))


@once
def _hashed(password: str) -> str:
    """Once a run, for the same reason."""
    return make_password(password)


def _counsellor_id(name: str) -> bytes:
    return name.encode().ljust(16, b".")


def _passphrase(name: str) -> str:
    """Always the same words for the same name."""
    return make_passphrase(lambda size: hashlib.sha256(name.encode()).digest()[:size])


def account_of(name: str, role: str) -> Person:
    """An account with a password and an authenticator."""
    email, password = f"{name.lower()}@helpline.example", f"{name} crosses the Forth"
    account = Account.objects.create_user(email, None, name=name, role=role)
    account.password = _hashed(password)
    account.save(update_fields=["password"])
    secret = base64.b32encode(hashlib.sha256(name.encode()).digest()[:20]).decode()
    TOTP.activate(account, secret)
    return Person(name, account, email, password, secret)


def open_always(*, at: datetime) -> None:
    """An organisation whose lines are open at every hour of every day, with terms to accept."""
    Organisation.objects.create(pk=1, name="Helpline under test", phone="0808 000 0000", concern_phone="0131 000 0000")
    OpeningInterval.objects.bulk_create(
        OpeningInterval(channel=channel, weekday=weekday, opens=0, closes=1440) for channel in ("phone", "messages") for weekday in range(7)
    )
    ConfidentialityTerms.objects.create(version=1, text="What you write is private.\n\nThere is one limit.", published_on=at.date())


def at_the_desk(site: Site, name: str, *, at: datetime) -> DeskPerson:
    """An account with a vault and, unless a stranger, a certificate; no shift."""
    person = account_of(name, Account.Role.COUNSELLOR)
    counsellor = Counsellor.objects.create(account=person.account, display_name=name)
    member = registry.make_desk_member(counsellor, counsellor_id=_counsellor_id(name))
    vault = _vault_of(name, site)
    vaults.store_vault(member, record=decode(vault.record), request=decode(vault.request), at=at)
    if name != STRANGER:
        today = day_of(at)
        certificate = make_certificate(
            ROOT_SEED, site, decode(vault.request), name, key_holder=name == "Ailsa", first_day=today - 30, last_day=today + 69
        )
        registry.add_certificate(certificate=certificate, at=at)
    return DeskPerson(**vars(person), counsellor=counsellor, member=member, passphrase=_passphrase(name), vault=vault)


def gather(*, at: datetime | None = None) -> People:
    """Everybody and everything, in the test database: open at every hour, the two on duty for messages for four hours from an hour ago."""
    instant = at or now()
    # At an instant that a test chose, its world is of that instant alone.
    return built_once(("staff", at), lambda: _gathered(instant), at=instant)


def _gathered(instant: datetime) -> People:
    assert settings.ROOT_KEY is not None
    site = open_site(settings.ROOT_KEY, settings.ORIGIN)
    open_always(at=instant)
    ailsa, bhavna, stranger = (at_the_desk(site, name, at=instant) for name in NAMES)
    people = People(site, ailsa, bhavna, stranger, account_of("Alex", Account.Role.ADMIN))
    candidates = [encode(person.member.certificates.get().certificate) for person in (ailsa, bhavna)]
    body = open_desk_epoch(site, people.desk_of(ailsa, at=instant), candidates, day_of(instant), 35)
    grants = [registry.GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    registry.add_epoch(statement=decode(body["statement"]), grants=grants, at=instant)
    people.confirm(bhavna, at=instant)
    hour = timedelta(hours=1)
    for person in (ailsa, bhavna):
        seen(Shift.objects.create(counsellor=person.counsellor, channel="messages", starts_at=instant - hour, ends_at=instant + 3 * hour))
    return people
