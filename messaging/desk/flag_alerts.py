"""Who is told of a flag, and who is told next while no lead opens it: each step once.

1. At once: every lead. If no lead but the counsellor who raised it could open it, the admins too.
2. After five minutes: the leads again, and the admins, who can read no message but can ring a lead.
3. After five more: everyone who is on duty for messages as well.

The counsellor who raised it gets no email: their desk says how it stands. `monitoring.alerts` tells an installation's address for alarms,
and the staff who asked for alarms, of a flag that is past its first step.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from helpline.hours.on_duty import counsellors_on_duty
from helpline.models import Account, Counsellor
from messaging.desk_notices import queue_desk_notice
from messaging.models import Conversation, DeskMember, DeskNotice, FlagStep, RoutingEvent

AFTER = timedelta(minutes=5)
BATCH = 100
Role = Account.Role


@dataclass(frozen=True)
class AlertedLeads:
    """How many leads besides the counsellor who raised it are told and could open it; where that is none, the names of whom to call."""

    leads: int
    call: list[str]


def tell_leads_of_flag(by: DeskMember) -> AlertedLeads:
    """The first step, in the transaction in which the flag goes up."""
    own = by.counsellor.account_id
    leads = _accounts(Role.LEAD, own)
    queue_desk_notice(DeskNotice.Kind.FLAG, leads)
    # A lead who is no counsellor has no desk to open it at.
    able = Counsellor.objects.filter(account__in=leads, active=True).count()
    if able:
        return AlertedLeads(able, [])
    admins = _accounts(Role.ADMIN, own)
    queue_desk_notice(DeskNotice.Kind.UNOPENED, admins)
    return AlertedLeads(0, [*leads.values(), *admins.values()])


def tell_overdue_flags(*, at: datetime) -> int:
    """How many flags someone was told of here: those that no lead has opened in time, and those of which nobody was told yet."""
    due = Conversation.unopened() & Q(flag_told__lt=FlagStep.EVERYBODY) & (Q(flag_told_at__isnull=True) | Q(flag_told_at__lte=at - AFTER))
    found = Conversation.objects.filter(due).order_by("pk").values_list("pk", "flag_told", "flagged_by__counsellor__account")[:BATCH]
    return sum(_step(pk, step, due & Q(flag_told=step), by, at) for pk, step, by in list(found))


def _step(pk: int, step: int, due: Q, by: int | None, at: datetime) -> bool:
    """One step of one flag. The same condition again makes it once, also when a lead opens the flag at this moment."""
    with transaction.atomic():
        if Conversation.objects.filter(due, pk=pk).update(flag_told=step + 1, flag_told_at=at) != 1:
            return False
        if step + 1 == FlagStep.LEADS:
            queue_desk_notice(DeskNotice.Kind.FLAG, _accounts(Role.LEAD, by))
            return True
        told = [*_accounts(Role.LEAD, by), *_accounts(Role.ADMIN, by)]
        if step + 1 == FlagStep.EVERYBODY:
            told += _on_duty(at, by)
        queue_desk_notice(DeskNotice.Kind.UNOPENED, told)
        why = "No lead had looked yet, so more people were told."
        RoutingEvent.objects.create(conversation_id=pk, kind=RoutingEvent.Kind.UNOPENED, at=at, why=why)
    return True


def _accounts(role: Account.Role, besides: int | None) -> dict[int, str]:
    """The active accounts of that role but this one, with their names."""
    found = Account.objects.filter(is_active=True, role=role).exclude(pk=besides or 0).order_by("pk")
    return dict(found.values_list("pk", "name"))


def _on_duty(at: datetime, besides: int | None) -> Iterable[int]:
    there = Counsellor.objects.filter(pk__in=counsellors_on_duty(channel="messages", at=at), active=True, account__is_active=True)
    return there.exclude(account=besides).values_list("account_id", flat=True)
