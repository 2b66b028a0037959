"""Fills a demonstration's folder: content, made-up people with real keys, a fortnight of rota, and one conversation."""

import os
import secrets
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import transaction

from config.demo.content import seed_content
from config.demo.folder import Person, Record, save
from helpline.models import Account, Counsellor, Organisation
from helpline.operations.plan_rota import plan_rota
from messaging.days import day_of
from messaging.encoding import decode, encode
from messaging.models import DeskMember, Epoch
from messaging.operations import keys as desk_keys
from messaging.peer import epochs, words
from messaging.peer import keys as peer_keys
from messaging.peer.primitives import sign_public

COUNSELLORS = ("Moira", "Callum", "Priya")
CERTIFICATE_DAYS = 3_650
DAYS_BEFORE, EPOCH_DAYS = 7, 35


class CannotSeed(Exception):
    """The folder's data do not fit the instant the demonstration starts at."""


def make_root(folder: Path) -> None:
    """A new root key: its public half where the settings read it, its seed in the record."""
    seed = os.urandom(32)
    save(folder, Record(encode(seed)))
    (folder / "root.public").write_bytes(sign_public(seed))


def fill(folder: Path, record: Record, *, at: datetime) -> Record:
    """Seeds what is missing, and brings rota and desk epoch up to `at`.

    Raises:
        CannotSeed: the clock stands before the newest desk epoch.
    """
    newest = Epoch.objects.order_by("-number").first()
    if newest is not None and day_of(at) < newest.first_day:
        raise CannotSeed("This demonstration was seeded for a later day. Start with --reset.")
    seed_content(at.date())
    if not record.people:
        with transaction.atomic():
            people = [_counsellor(record, name, at) for name in COUNSELLORS]
            record.people = [*people, _admin()]
            _epoch(record, at)
        save(folder, record)
    elif newest is None or newest.last_day < day_of(at):
        _epoch(record, at)
    _rota(at)
    return record


def _passphrase() -> str:
    return " ".join(secrets.choice(words.word_list()) for _ in range(4))


def _account(name: str, email: str, role: str) -> tuple[Account, str, str]:
    password, totp_secret = secrets.token_urlsafe(12), generate_totp_secret()
    account = Account.objects.create_user(email, password, name=name, role=role)
    TOTP.activate(account, totp_secret)
    return account, password, totp_secret


def _site() -> peer_keys.Site:
    if settings.ROOT_KEY is None:
        raise CannotSeed("There is no root key. Start with --reset.")
    return peer_keys.open_site(settings.ROOT_KEY, settings.ORIGIN)


def _counsellor(record: Record, name: str, at: datetime) -> Person:
    """An account with a vault and a certificate; the first of them is the key-holder."""
    email = f"{name.lower()}@demo.example"
    account, password, totp_secret = _account(name, email, Account.Role.COUNSELLOR)
    member = desk_keys.make_member(Counsellor.objects.create(account=account, display_name=name))
    passphrase, site, today = _passphrase(), _site(), day_of(at)
    _, vault, request = peer_keys.make_vault(site, bytes(member.counsellor_id), passphrase)
    desk_keys.store_vault(member=member, record=vault, request=request, at=at)
    certificate = epochs.make_certificate(
        decode(record.root_seed, 32),
        site,
        request,
        name,
        key_holder=name == COUNSELLORS[0],
        first_day=today - DAYS_BEFORE,
        last_day=today + CERTIFICATE_DAYS,
    )
    desk_keys.add_certificate(certificate=certificate, at=at)
    role = "counsellor (key-holder)" if name == COUNSELLORS[0] else "counsellor"
    return Person(role, email, password, totp_secret, passphrase)


def _admin() -> Person:
    email = "admin@demo.example"
    _, password, totp_secret = _account("Alex", email, Account.Role.ADMIN)
    return Person("admin", email, password, totp_secret, None)


def _epoch(record: Record, at: datetime) -> None:
    """The first desk epoch, or the next one, opened by the key-holder for everybody at the desk."""
    site, holder = _site(), DeskMember.objects.get(counsellor__display_name=COUNSELLORS[0])
    passphrase = record.people[0].vault_passphrase if record.people else None
    keys = peer_keys.open_vault(site, bytes(holder.counsellor_id), bytes(holder.vaults.get(kind=1).record), passphrase or "")
    certificates = [bytes(member.certificates.latest("pk").certificate) for member in DeskMember.objects.order_by("pk")]
    newest = Epoch.objects.order_by("-number").first()
    statement, grants = epochs.open_epoch(
        site,
        keys,
        bytes(holder.certificates.latest("pk").certificate),
        certificates,
        bytes(newest.statement) if newest else None,
        first_day=day_of(at) - (0 if newest else DAYS_BEFORE),
        days=EPOCH_DAYS,
    )
    desk_keys.add_epoch(statement=statement, grants=grants, at=at)


def _rota(at: datetime) -> None:
    """A week back and a week ahead, so that somebody is on duty whenever the helpline is open."""
    zone = ZoneInfo(Organisation.objects.get().time_zone)
    first = datetime.combine(at.astimezone(zone).date() - timedelta(days=7), time(), zone).astimezone(UTC)
    for channel in ("phone", "messages"):
        plan_rota(list(Counsellor.objects.filter(active=True)), channel, first.astimezone(zone).date(), 15)
