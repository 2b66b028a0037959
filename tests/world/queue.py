"""Many conversations that wait, as rows alone: what is in them is no matter to routing."""

from datetime import datetime, timedelta

from helpline.models import Account, Counsellor, Shift
from messaging.keys.registry import make_desk_member
from messaging.models import Conversation, DeskMember, Inbox
from tests.world.able import give_keys, seen


def fill_queue(number: int, *, since: datetime, first: int = 1) -> None:
    """So many threads that nobody has, each a second after the one before."""
    inboxes = Inbox.objects.bulk_create(
        (
            Inbox(inbox_id=each.to_bytes(16), kem_public=bytes(1216), sign_public=bytes(32), tag_public=bytes(32), made_on=since.date())
            for each in range(first, first + number)
        ),
        batch_size=2_000,
    )
    Conversation.objects.bulk_create(
        (
            Conversation(
                conversation_id=inbox.inbox_id,
                inbox=inbox,
                received=1,
                unrouted_since=since + timedelta(seconds=place),
                waiting_since=since + timedelta(seconds=place),
            )
            for place, inbox in enumerate(inboxes)
        ),
        batch_size=2_000,
    )


def staff(number: int, *, cap: int, start: datetime, end: datetime) -> list[DeskMember]:
    """So many counsellors with keys and one shift for messages, who have been seen in it."""
    members = []
    for each in range(1, number + 1):
        account = Account.objects.create(email=f"c{each}@example.org", name=f"Counsellor {each}")
        counsellor = Counsellor.objects.create(account=account, display_name=f"Counsellor {each}")
        members.append(make_desk_member(counsellor, cap=cap))
        give_keys(members[-1])
        on_shift(members[-1], start, end)
    return members


def on_shift(member: DeskMember, start: datetime, end: datetime) -> None:
    """A shift for messages, in which they have been seen."""
    seen(Shift.objects.create(counsellor=member.counsellor, channel="messages", starts_at=start, ends_at=end))
