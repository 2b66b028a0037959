"""Fills a demonstration's folder: content, made-up people, and a rota around the clock's day."""

import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import transaction

from config.demo import keys
from config.demo.adverts import seed_adverts
from config.demo.content import seed_content
from config.demo.day import seed_day
from config.demo.folder import DemoPerson, DemoRecord, save_demo_record
from config.demo.rota import seed_rota
from config.demo.writing import DemoWriter
from helpline.audit.chain import link_entries
from helpline.models import Account, Counsellor
from messaging.models import Epoch
from messaging.protocol.days import day_of
from messaging.protocol.peer.vault import make_passphrase

COUNSELLORS = ("Moira", "Callum", "Priya")
LEAD, ADMIN = "Iona", "Alex"


class CannotSeedDemo(Exception):
    """The folder's data do not fit the instant the demonstration starts at."""


def fill_demo(folder: Path, record: DemoRecord, *, at: datetime) -> DemoRecord:
    """Seeds what is missing, all of it or nothing, and brings rota and desk epoch up to `at`.

    Raises:
        CannotSeedDemo: the clock stands before the newest desk epoch.
    """
    newest = Epoch.confirmed().order_by("-number").first()
    if newest is not None and day_of(at) < newest.first_day:
        raise CannotSeedDemo("This demonstration was made for a later day. Start with --reset.")
    with transaction.atomic():
        local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
        seed_content(local.date())
        seed_adverts(local)
        if not record.people:
            record.people = [_counsellor(record, name, at, Account.Role.COUNSELLOR) for name in COUNSELLORS]
            record.people += [_counsellor(record, LEAD, at, Account.Role.LEAD), _admin()]
        if newest is None or newest.last_day < day_of(at):
            keys.open_demo_epoch(record.people[0], record.people[1], at=at)
        seed_rota(at)
        if not record.inboxes:
            moira, callum, priya = (DemoWriter.of(person, at=at) for person in record.people[:3])
            record.inboxes.append({"words": seed_day(moira, callum, priya, at=at)})
        # The status page need not wait for the first minute: what was seeded has its place in the chain.
        link_entries()
        save_demo_record(folder, record)
    return record


def _account(name: str, role: str) -> tuple[Account, DemoPerson]:
    """An account with a password and an authenticator's secret."""
    email, password, secret = f"{name.lower()}@demo.example", secrets.token_urlsafe(12), generate_totp_secret()
    account = Account.objects.create_user(email, password, name=name, role=role)
    TOTP.activate(account, secret)
    return account, DemoPerson(role, email, password, secret, None)


def _counsellor(record: DemoRecord, name: str, at: datetime, role: Account.Role) -> DemoPerson:
    """A counsellor, or the lead, whose vault and certificate stand; the first of them is the key-holder."""
    holder = name == COUNSELLORS[0]
    account, person = _account(name, role)
    counsellor = Counsellor.objects.create(account=account, display_name=name)
    passphrase = make_passphrase()
    keys.certify_member(record.root_seed, counsellor, passphrase, key_holder=holder, at=at)
    return replace(person, vault_passphrase=passphrase, key_holder=holder)


def _admin() -> DemoPerson:
    return _account(ADMIN, Account.Role.ADMIN)[1]
