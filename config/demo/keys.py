"""The demonstration's people with real keys, made with the peer as browsers and key-holders would."""

from datetime import datetime, timedelta

from django.conf import settings

from config.demo.folder import Person
from helpline.models import Counsellor
from helpline.queries import current_terms
from messaging.days import day_of
from messaging.encoding import ID, decode, encode
from messaging.installation import root_key
from messaging.models import DeskMember
from messaging.operations.accept import FirstMessage, first_message
from messaging.operations.claim import claim
from messaging.operations.keys import GrantIn, add_certificate, add_epoch, make_member, store_vault
from messaging.operations.reply import reply
from messaging.operations.show import show
from messaging.peer import desk, keys, threads, vault, words, writing
from messaging.peer.certificates import make_certificate
from messaging.queries import desk as desk_queries
from messaging.queries.epochs import desk as desk_answer
from messaging.wire import Envelope, Opening

CERTIFICATE_DAYS = 3_650
DAYS_BEFORE, EPOCH_DAYS = 7, 35

ASKED = (
    "I have been in chats with people who say they are 15. I have not met anyone. I know it is wrong and I keep going back. "
    "I don't know how to stop, and I am frightened of what happens if I tell somebody."
)
ANSWERED = (
    "Thank you for writing. That was hard to do, and it was the right thing. You can stop, and we can help you to. "
    "For tonight: leave the chats and delete the app, put the phone in another room, and write here if the urge comes back. "
    "When you are ready, tell us what usually happens just before you open it."
)


def _site() -> keys.Site:
    return keys.open_site(root_key(), settings.ORIGIN)


def certify(root_seed: str, counsellor: Counsellor, passphrase: str, *, key_holder: bool, at: datetime) -> None:
    """A vault behind the passphrase, and the root's certificate for the keys in it."""
    site, member, today = _site(), make_member(counsellor), day_of(at)
    made = vault.make_vault(site, bytes(member.public_id), passphrase)
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


def _unlock(person: Person, at: datetime) -> tuple[DeskMember, desk.OpenDesk]:
    """The person's place at the desk, opened with their passphrase."""
    site, member = _site(), DeskMember.objects.get(counsellor__account__email=person.email)
    me = desk_queries.me(member, at=at)
    counsellor = vault.open_vault(site, bytes(member.public_id), me["vaults"][0]["record"], {"passphrase": person.vault_passphrase or ""})
    return member, desk.open_desk(site, counsellor, me, day_of(at))


def open_epoch(holder: Person, *, at: datetime) -> None:
    """The next desk epoch, for everybody in force; the first one began a week ago."""
    member, opened = _unlock(holder, at)
    first_day = day_of(at) - (0 if opened.chain else DAYS_BEFORE)
    people = [encode(raw) for raw in desk_queries.candidates(at=at)]
    body = desk.open_epoch(_site(), opened, people, first_day, EPOCH_DAYS)
    grants = [GrantIn(decode(each["certificate_id"], ID), each["epoch"], decode(each["wrapped"])) for each in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=at, by=member)


def talk(counsellor: Person, *, at: datetime) -> str:
    """One conversation of yesterday: somebody wrote, the counsellor answered. Returns the inbox words."""
    site, asked_at = _site(), at - timedelta(days=1)
    inbox_words = words.make_words()
    inbox = keys.derive_inbox(site, inbox_words)
    today = desk.check_desk(site, desk_answer(at=asked_at, conversation_limit=0), day_of(asked_at))
    intake = {"route": "self", "terms": current_terms().version, "text": ASKED}
    raw = {name: decode(value) for name, value in writing.seal_first(site, inbox, today, intake).items()}
    opening, envelope = Opening.parse(raw["opening"]), Envelope.parse(raw["envelope"])
    message = FirstMessage(raw["kem_public"], raw["sign_public"], opening, envelope, raw["proof"])
    taken = first_message(message, site=site.site, origin=site.origin, at=asked_at)
    member, opened = _unlock(counsellor, at)
    claim(member, taken.conversation, at=asked_at)
    thread = threads.read_as_desk(site, opened, show(member, taken.conversation, at=asked_at), day_of(asked_at))
    body = writing.seal_from_desk(site, opened, thread, {"type": "text", "text": ANSWERED})
    sealed_opening, sealed = body["opening"], decode(body["envelope"])
    again = Opening.parse(decode(sealed_opening)) if sealed_opening else None
    reply(member, taken.conversation, again, Envelope.parse(sealed), site=site.site, at=asked_at + timedelta(hours=1))
    return " ".join(inbox_words)
