"""What someone at the desk does with a conversation goes into the trail, which outlives it: who, what and when, and never in which one.

In which one stands in the conversation's own history for as long as there is a conversation. Replies and notes need no line: they are
signed. Called in the transaction of the act itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from helpline.audit import record_audit
from helpline.models import Account, AccountNotice, AuditEntry
from helpline.models.audit import Action, Kind
from helpline.staff.account_notices import queue_account_notice
from helpline.staff.recipients import lead_accounts
from messaging.conversations.unusual_acts import CountedAct, becomes_unusual
from messaging.models import Conversation, ConversationRead, DeskMember
from messaging.models.insert import insert

Notice = AccountNotice.Kind
HOUR = timedelta(hours=1)
# What stands in the trail where a block is lifted.
NO_DAYS = "no days"


def note_conversation_act(
    member: DeskMember, action: Action, *, at: datetime, what: str = "conversation", kind: Kind = Kind.DESK, fields: Iterable[str] = ()
) -> None:
    """One line of the trail. What is no block has the hour alone: how long someone waited for whom is nobody's business later."""
    noted_at = at if kind == Kind.BLOCKS else at.replace(minute=0, second=0, microsecond=0)
    record_audit(member.counsellor.account, action, what, kind=kind, at=noted_at, fields=fields)


def blocks_within_hour(member: DeskMember, *, at: datetime) -> int:
    """How many people this member blocked within the last hour, whatever became of it."""
    mine = AuditEntry.objects.filter(account=member.counsellor.account_id, kind=Kind.BLOCKS, at__gt=at - HOUR, at__lte=at)
    return mine.exclude(fields=NO_DAYS).count()


def closures_within_hour(member: DeskMember, *, at: datetime) -> int:
    """How many conversations this member closed in the hour of `at`: the trail has no minutes of it."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return AuditEntry.objects.filter(account=member.counsellor.account_id, kind=Kind.DESK, action=Action.CLOSED, at=hour).count()


def note_opened(conversation: Conversation, member: DeskMember, *, at: datetime) -> None:
    """Notes that this member opened the conversation today: the first time of the day one row, and afterwards nothing.

    Of a conversation that the person deletes at this moment nothing is noted: what is noted goes with it. Outside of a transaction.
    """
    try:
        is_first = insert(ConversationRead(conversation=conversation, member=member, read_on=at.date()), new_only=True)
    except IntegrityError:
        return
    if is_first:
        opened = ConversationRead.objects.filter(member=member, read_on=at.date()).count()
        tell_of_unusual(member, CountedAct.OPENED, opened, at=at)


def tell_of_unusual(member: DeskMember, act: CountedAct, number: int, *, at: datetime) -> None:
    """With the act that makes it unusual, a line of the trail is written, and every other lead is told; the admins, where there is none."""
    if not becomes_unusual(act, number):
        return
    account = member.counsellor.account
    with transaction.atomic():
        record_audit(None, Action.UNUSUAL, f"conversations {act}", kind=Kind.DESK, at=at, about=account)
        for lead in Account.objects.filter(pk__in=lead_accounts(besides=account.pk)).order_by("pk"):
            queue_account_notice(Notice.UNUSUAL, lead)


def tell_holder_of_act(conversation: Conversation, by: DeskMember) -> None:
    """The counsellor who had the conversation is told that someone else acted on it."""
    if conversation.member is not None and conversation.member_id != by.pk:
        queue_account_notice(Notice.ACTED, conversation.member.counsellor.account)


def tell_leads_of_block(by: DeskMember) -> None:
    """Every other lead is told that a person was blocked; the admins, where there is none."""
    for account in Account.objects.filter(pk__in=lead_accounts(besides=by.counsellor.account_id)).order_by("pk"):
        queue_account_notice(Notice.BLOCKED, account)
