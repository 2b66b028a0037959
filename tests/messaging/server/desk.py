"""An installation in the database: hours, two counsellors on duty, and a desk epoch made with the peer."""

from datetime import UTC, datetime, timedelta

from helpline.models import Account, Counsellor, OpeningInterval, Organisation, Shift
from messaging.models import DeskMember, Epoch
from messaging.operations.accept import Accepted, FirstMessage, first_message
from messaging.peer import InboxKeys, check_desk, decode, seal_first
from messaging.peer.keys import inbox_of
from messaging.wire import Envelope, Opening
from tests.messaging.protocol.people import TODAY, Installation

# A Friday in British Summer Time: noon in London.
NOON = datetime(1970, 1, 1, 11, tzinfo=UTC) + timedelta(days=TODAY)


def open_helpline(desk: Installation, names: tuple[str, ...] = ("Moira", "Callum"), cap: int = 8) -> list[DeskMember]:
    """Messages are answered from nine to five on every weekday, and everybody named is on duty around noon."""
    Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000")
    OpeningInterval.objects.bulk_create(
        OpeningInterval(channel="messages", weekday=weekday, opens=540, closes=1020) for weekday in range(5)
    )
    statement = desk.statements[0]
    Epoch.objects.create(number=1, statement=statement, first_day=TODAY, last_day=TODAY + 34)
    members = []
    for place, name in enumerate(names):
        account = Account.objects.create_user(f"{name.lower()}@example.org", None, name=name)
        counsellor = Counsellor.objects.create(account=account, display_name=name)
        Shift.objects.create(
            counsellor=counsellor, channel="messages", starts_at=NOON - timedelta(hours=2), ends_at=NOON + timedelta(hours=2)
        )
        members.append(DeskMember.objects.create(counsellor=counsellor, public_id=bytes([place + 1]) * 16, cap=cap))
    return members


def send(desk: Installation, text: str = "I am worried", at: datetime = NOON, inbox: InboxKeys | None = None) -> Accepted:
    """A first message, sealed as a browser would, given to the operation as the view would."""
    message = sealed(desk, inbox or new_inbox(desk), text)
    return first_message(message, site=desk.site.site, origin=desk.site.origin, at=at)


def new_inbox(desk: Installation) -> InboxKeys:
    """An inbox from random bytes: the words' slow derivation has tests of its own."""
    return inbox_of(desk.site, desk.random(32))


def sealed(desk: Installation, inbox: InboxKeys, text: str) -> FirstMessage:
    today = check_desk(desk.site, desk.desk_answer(), TODAY)
    body = seal_first(desk.site, inbox, today, {"route": "self", "terms": 1, "text": text})
    raw = {name: decode(value) for name, value in body.items()}
    return FirstMessage(raw["kem_public"], raw["sign_public"], Opening.parse(raw["opening"]), Envelope.parse(raw["envelope"]), raw["proof"])


__all__ = ["NOON", "new_inbox", "open_helpline", "sealed", "send"]
