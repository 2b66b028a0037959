"""What someone at the desk does with a conversation goes into the trail, which outlives it: who, what and when, and never in which one.

In which one stands in the conversation's own history for as long as there is a conversation. Replies and notes need no line: they are
signed. Called in the transaction of the act itself.
"""

from collections.abc import Iterable
from datetime import datetime

from helpline.audit import record_audit
from helpline.models import Account, AccountNotice
from helpline.models.audit import Action, Kind
from helpline.staff.account_notices import queue_account_notice
from helpline.staff.recipients import lead_accounts
from messaging.models import Conversation, DeskMember

Notice = AccountNotice.Kind


def note_conversation_act(
    member: DeskMember, action: Action, *, at: datetime, what: str = "conversation", kind: Kind = Kind.DESK, fields: Iterable[str] = ()
) -> None:
    """One line of the trail. What is no block has the hour alone: how long someone waited for whom is nobody's business later."""
    noted_at = at if kind == Kind.BLOCKS else at.replace(minute=0, second=0, microsecond=0)
    record_audit(member.counsellor.account, action, what, kind=kind, at=noted_at, fields=fields)


def tell_holder_of_act(conversation: Conversation, by: DeskMember) -> None:
    """The counsellor who had the conversation is told that someone else acted on it."""
    if conversation.member is not None and conversation.member_id != by.pk:
        queue_account_notice(Notice.ACTED, conversation.member.counsellor.account)


def tell_leads_of_block(by: DeskMember) -> None:
    """Every other lead is told that a person was blocked; the admins, where there is none."""
    for account in Account.objects.filter(pk__in=lead_accounts(besides=by.counsellor.account_id)).order_by("pk"):
        queue_account_notice(Notice.BLOCKED, account)
