"""Which changes someone may see, in the words of the page, and what they may do with each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from helpline.four_eyes import policy
from helpline.four_eyes.changes import OPEN, hand_of
from helpline.models import Account, ProposedChange

# So long the page shows what became of a change.
SHOWN_FOR = timedelta(days=30)
LABELS = {
    "role": "Role",
    "email": "Email address",
    "is_active": "Can sign in",
    "name": "Name",
    "display_name": "Name that people see",
    "phone": "Phone",
    "concern_phone": "Phone for people worried about someone else",
    "onion_address": "Onion address",
    "retention_days": "Days",
    "text": "Text",
    "summary": "In short",
    "language": "Language",
    "version": "Version",
    "nation": "Nation",
    "group": "Group",
    "contact": "Contact",
    "address": "Where it leads",
    "what_for": "What it is for",
    "for_ending": "For people who think about ending their life",
    "position": "Order",
    "source": "Source",
    "checked_on": "Last checked",
}
HIDDEN = {"id", "sure", "vault"}


@dataclass(frozen=True)
class ChangedValue:
    """One value of a change: what it is called, what stands, and what is to stand."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownChange:
    """A change, and whether the one who looks may confirm it or stop it."""

    change: ProposedChange
    values: list[ChangedValue]
    may_confirm: bool
    may_stop: bool
    mine: bool
    # Whom to speak to as well before it is confirmed: the one concerned.
    ask: str


def changes_for(account: Account, *, at: datetime) -> list[ShownChange]:
    """The changes that the account may see, the newest first, in one query: all of them for leads and admins."""
    rows = _seen_by(account).filter(OPEN | Q(ended_at__gt=at - SHOWN_FOR))
    people = ("account", "proposed_by", "confirmed_by", "stopped_by")
    return [_shown(each, account, at) for each in rows.select_related(*people).order_by("-pk")[:200]]


def changes_that_wait_for(account: Account) -> int:
    """How many wait that the account may see; one query."""
    return _seen_by(account).filter(OPEN).count()


def _seen_by(account: Account) -> "QuerySet[ProposedChange]":
    if account.role in policy.SECOND:
        return ProposedChange.objects.all()
    return ProposedChange.objects.filter(Q(account=account) | Q(alone=True))


def _shown(change: ProposedChange, account: Account, at: datetime) -> ShownChange:
    names = [name for name in {**change.after, **change.before} if name not in HIDDEN]
    values = [ChangedValue(LABELS.get(name, name), change.before.get(name, ""), change.after.get(name, "")) for name in names]
    values = [each for each in values if each.before != each.after]
    hand = hand_of(account, change)
    waits = change.state == ProposedChange.State.WAITING and change.expires_at > at
    may_stop = change.is_open and policy.may_stop(change.kind, hand, alone=change.alone)
    whose = change.account
    ask = whose.name if whose is not None and whose.pk not in {change.proposed_by_id, account.pk} else ""
    return ShownChange(change, values, waits and policy.may_confirm(hand), may_stop, hand.proposer, ask)
