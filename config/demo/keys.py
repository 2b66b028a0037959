"""The demonstration's people with real keys, made with the peer as browsers and key-holders would."""

from datetime import datetime

from django.conf import settings

from config.demo.folder import DemoPerson
from helpline.models import Counsellor
from messaging.installation import installation_root_key
from messaging.keys.confirmations import add_confirmation
from messaging.keys.own_keys import grant_candidates, own_keys
from messaging.keys.registry import GrantIn, add_certificate, add_epoch, make_desk_member
from messaging.keys.vaults import store_vault
from messaging.models import DeskMember
from messaging.protocol.days import day_of
from messaging.protocol.encoding import ID, decode, encode
from messaging.protocol.peer import desk, keys, make_confirmation, vault
from messaging.protocol.peer.certificates import make_certificate

CERTIFICATE_DAYS = 92
# With a day's messages open there is room for a live talk as well.
MOST_AT_ONCE = 6
DAYS_BEFORE, EPOCH_DAYS = 7, 35
# Vaults that this process made need not be opened again: deriving a key from a passphrase is slow on purpose.
_MADE: dict[bytes, keys.Counsellor] = {}


def demo_site() -> keys.Site:
    return keys.open_site(installation_root_key(), settings.ORIGIN)


def certify_member(root_seed: str, counsellor: Counsellor, passphrase: str, *, key_holder: bool, at: datetime) -> None:
    """A vault behind the passphrase, and the root's certificate for the keys in it."""
    site, member, today = demo_site(), make_desk_member(counsellor, cap=MOST_AT_ONCE), day_of(at)
    made = vault.make_vault(site, bytes(member.public_id), passphrase)
    _MADE[bytes(member.public_id)] = made.counsellor
    store_vault(member, record=decode(made.record), request=decode(made.request), at=at)
    certificate = make_certificate(
        decode(root_seed, 32),
        site,
        decode(made.request),
        counsellor.display_name,
        key_holder=key_holder,
        first_day=today - DAYS_BEFORE,
        last_day=today + CERTIFICATE_DAYS,
    )
    add_certificate(certificate=certificate, at=at)


def unlock_desk(person: DemoPerson, at: datetime) -> tuple[DeskMember, desk.OpenDesk]:
    """The person's place at the desk, opened with their passphrase."""
    site, member = demo_site(), DeskMember.objects.get(counsellor__account__email=person.email)
    me, public_id = own_keys(member, at=at), bytes(member.public_id)
    secret = {"passphrase": person.vault_passphrase or ""}
    counsellor = _MADE.get(public_id) or vault.open_vault(site, public_id, me["vaults"][0]["record"], secret)
    return member, desk.open_desk(site, counsellor, me, day_of(at))


def open_demo_epoch(holder: DemoPerson, second: DemoPerson, *, at: datetime) -> None:
    """The next desk epoch, for everyone in force, confirmed by a second person; the first one began a week ago."""
    member, opened = unlock_desk(holder, at)
    first_day = day_of(at) - (0 if opened.chain else DAYS_BEFORE)
    people = [encode(raw) for raw in grant_candidates(at=at)]
    body = desk.open_desk_epoch(demo_site(), opened, people, first_day, EPOCH_DAYS)
    grants = [GrantIn(decode(each["certificate_id"], ID), each["epoch"], decode(each["wrapped"])) for each in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=at, by=member)
    member, looked = unlock_desk(second, at)
    waiting = looked.waiting[0]
    raw = make_confirmation(demo_site(), looked.counsellor, waiting, looked.certificates)
    add_confirmation(number=waiting.statement.number, confirmation=raw, at=at, by=member.counsellor.account)
