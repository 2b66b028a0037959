"""Reply-deadline reminders. At half the promised working time the assigned counsellor is told; at the deadline, the leads. Each once."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from helpline.hours.channels import half_promised_time_ago
from helpline.hours.on_duty import counsellors_on_duty
from helpline.models import Counsellor
from helpline.staff.recipients import lead_accounts
from messaging.desk_notices import queue_desk_notice
from messaging.models import Conversation, DeskNotice, RoutingEvent

BATCH = 200
NOT_YET, REMINDED, TOLD = 0, 1, 2
State, Kind = Conversation.State, RoutingEvent.Kind


def remind_of_deadlines(*, at: datetime) -> tuple[int, int]:
    """For how many conversations a counsellor was reminded, and for how many the lead was told."""
    half = half_promised_time_ago(channel="messages", at=at)
    reminded = _all(Q(waiting_since__lte=half, reminded=NOT_YET), "waiting_since", REMINDED, _remind_counsellors, at) if half else 0
    # Nobody is told of the deadline without a reminder before; where both are past, both are in the same run.
    return reminded, _all(Q(due_at__lte=at, reminded=REMINDED), "due_at", TOLD, _tell_the_lead, at)


def _all(due: Q, order: str, then: int, tell: Callable[[list[Conversation], datetime], None], at: datetime) -> int:
    count = 0
    while True:
        batch = _batch(due, order, then, tell, at)
        count += batch
        if batch < BATCH:
            return count


def _batch(due: Q, order: str, then: int, tell: Callable[[list[Conversation], datetime], None], at: datetime) -> int:
    """One bounded transaction, a constant number of queries. Of two workers each conversation is one's; the other leaves it out."""
    with transaction.atomic():
        found = Conversation.objects.filter(due).order_by(order, "pk").select_for_update(skip_locked=True, no_key=True)
        conversations = list(found[:BATCH])
        # The same condition again: it is what makes it once, on any database.
        changed = Conversation.objects.filter(due, pk__in=[conversation.pk for conversation in conversations]).update(reminded=then)
        if changed:
            tell(conversations, at)
    return changed


def _remind_counsellors(conversations: list[Conversation], at: datetime) -> None:
    why = {
        True: "Half of the promised time is over: the counsellor who has it was reminded.",
        False: "Half of the promised time is over and nobody has it: those on duty were reminded.",
    }
    events = [
        RoutingEvent(
            conversation=conversation, kind=Kind.NUDGED, member_id=_holder(conversation), at=at, why=why[_holder(conversation) is not None]
        )
        for conversation in conversations
    ]
    RoutingEvent.objects.bulk_create(events)
    holders = {_holder(conversation) for conversation in conversations}
    accounts = set(_accounts(Q(desk__in=holders - {None})))
    if None in holders:
        accounts.update(_accounts(Q(pk__in=counsellors_on_duty(channel="messages", at=at))))
    queue_desk_notice(DeskNotice.Kind.HALF, accounts)


def _tell_the_lead(conversations: list[Conversation], at: datetime) -> None:
    why = "The promised time is over: the lead was told."
    RoutingEvent.objects.bulk_create(
        RoutingEvent(conversation=conversation, kind=Kind.OVERDUE, member_id=_holder(conversation), at=at, why=why)
        for conversation in conversations
    )
    queue_desk_notice(DeskNotice.Kind.OVERDUE, lead_accounts())


def _holder(conversation: Conversation) -> int | None:
    return conversation.member_id if conversation.state == State.ASSIGNED else None


def _accounts(which: Q) -> Iterable[int]:
    return Counsellor.objects.filter(which, active=True, account__is_active=True).values_list("account_id", flat=True)
