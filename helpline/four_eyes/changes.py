"""Proposes, confirms, stops and does a change that takes two people. Each step is one conditional update, with its line in the trail."""

from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from helpline.audit import record_audit
from helpline.four_eyes import policy
from helpline.four_eyes.registry import CannotBeDone, deed_of
from helpline.models import Account, AccountNotice, ProposedChange
from helpline.models.audit import Action, Kind
from helpline.staff.account_notices import queue_account_notice

State = ProposedChange.State
Notice = AccountNotice.Kind
OPEN = Q(state__in=ProposedChange.OPEN)
TRAIL_KIND = {
    ProposedChange.Kind.VAULT: Kind.KEYS,
    ProposedChange.Kind.VAULT_BACK: Kind.KEYS,
    ProposedChange.Kind.NUMBERS: Kind.HELPLINE,
    ProposedChange.Kind.CRISIS: Kind.HELPLINE,
    ProposedChange.Kind.RETENTION: Kind.HELPLINE,
    ProposedChange.Kind.TERMS: Kind.PAGES,
}
# Their values stand in the trail; a text of terms or a list of ways to help is too long for it.
TOLD_BY_VALUE = {ProposedChange.Kind.ACCOUNT, ProposedChange.Kind.NUMBERS, ProposedChange.Kind.RETENTION, ProposedChange.Kind.INVITE}


class AlreadyProposed(Exception):
    """Such a change of the same thing waits already."""


class NotOpen(Exception):
    """It is done, stopped or over already."""


def second_people(*, besides: Account | None = None) -> "list[Account]":
    """The leads and admins who could confirm something: switched on, with a second step, and heard by a lead where that is needed."""
    factor = Authenticator.objects.filter(user_id=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    able = Account.objects.filter(Exists(factor), is_active=True, role__in=policy.SECOND, recovered_at=None)
    return list(able.exclude(pk=besides.pk if besides else 0).order_by("pk"))


def hand_of(account: Account, change: ProposedChange) -> policy.Hand:
    """What the account has to do with the change."""
    able = account.is_active and account.recovered_at is None
    return policy.Hand(account.role, account.pk == change.proposed_by_id, account.pk == change.account_id, able)


def propose_change(
    kind: ProposedChange.Kind,
    *,
    subject: str,
    what: str,
    by: Account,
    at: datetime,
    account: Account | None = None,
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
    at_once: bool = False,
) -> ProposedChange:
    """The change, which now waits; everyone concerned is told.

    Raises:
        PermissionDenied: not for this role to propose.
        AlreadyProposed.
    """
    if not policy.may_propose(kind, by.role) or by.recovered_at is not None:
        raise PermissionDenied
    others = [each for each in second_people(besides=by) if account is None or each.pk != account.pk]
    alone = not others
    due_at = policy.due(kind, at, alone=alone, at_once=at_once)
    made = ProposedChange(
        kind=kind,
        subject=subject,
        what=what,
        account=account,
        before=dict(before or {}),
        after=dict(after or {}),
        alone=alone,
        proposed_by=by,
        proposed_at=at,
        due_at=due_at,
        expires_at=policy.expires(due_at),
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise AlreadyProposed from error
        _note(made, by, Action.PROPOSED, at)
        _tell(made, Notice.PROPOSED)
    return made


def confirm_change(change_id: int, *, by: Account, at: datetime) -> ProposedChange:
    """The change, confirmed; done at once where its pause is over. Confirming twice changes nothing.

    Raises:
        ProposedChange.DoesNotExist; PermissionDenied: not a second hand; NotOpen.
    """
    with transaction.atomic():
        change = ProposedChange.objects.get(pk=change_id)
        if not policy.may_confirm(hand_of(by, change)):
            raise PermissionDenied
        open_now = ProposedChange.objects.filter(pk=change_id, state=State.WAITING, expires_at__gt=at).exclude(proposed_by=by)
        # Someone was there after all: it waits no longer than any other.
        due_at = min(change.due_at, policy.due(change.kind, change.proposed_at, alone=False))
        if open_now.update(state=State.CONFIRMED, confirmed_by=by, confirmed_at=at, due_at=due_at) != 1:
            if ProposedChange.objects.filter(pk=change_id, state=State.CONFIRMED).exists():
                return change
            raise NotOpen
        change.refresh_from_db()
        _note(change, by, Action.CONFIRMED, at)
    _do(change_id, at=at)
    change.refresh_from_db()
    return change


def stop_change(change_id: int, *, by: Account, at: datetime) -> ProposedChange:
    """The change, which is never done. Stopping it twice changes nothing.

    Raises:
        ProposedChange.DoesNotExist; PermissionDenied; NotOpen: it is done already.
    """
    with transaction.atomic():
        change = ProposedChange.objects.get(pk=change_id)
        if not policy.may_stop(change.kind, hand_of(by, change), alone=change.alone):
            raise PermissionDenied
        if ProposedChange.objects.filter(OPEN, pk=change_id).update(state=State.STOPPED, stopped_by=by, ended_at=at) != 1:
            change.refresh_from_db()
            if change.state == State.STOPPED:
                return change
            raise NotOpen
        change.refresh_from_db()
        _note(change, by, Action.STOPPED, at)
        _tell(change, Notice.STOPPED)
    return change


def do_due_changes(*, at: datetime) -> int:
    """How many were done or failed now. Two workers do each once; what nobody confirmed in time is over."""
    for change in ProposedChange.objects.filter(state=State.WAITING, alone=False, expires_at__lte=at).order_by("pk"):
        with transaction.atomic():
            waiting = ProposedChange.objects.filter(pk=change.pk, state=State.WAITING)
            if waiting.update(state=State.EXPIRED, ended_at=at) == 1:
                _note(change, None, Action.EXPIRED, at)
    ready = ProposedChange.objects.filter(OPEN, Q(state=State.CONFIRMED) | Q(alone=True), due_at__lte=at)
    return sum(_do(pk, at=at) for pk in ready.order_by("pk").values_list("pk", flat=True))


def _do(change_id: int, *, at: datetime) -> bool:
    """Claimed by the update, in the transaction of the deed: it is never done twice, and never half."""
    with transaction.atomic():
        ready = ProposedChange.objects.filter(OPEN, Q(state=State.CONFIRMED) | Q(alone=True), pk=change_id, due_at__lte=at)
        if ready.update(state=State.DONE, ended_at=at) != 1:
            return False
        change = ProposedChange.objects.select_related("account", "proposed_by").get(pk=change_id)
        addresses = [change.account.email] if change.account else []
        try:
            with transaction.atomic():
                deed_of(change.kind)(change, at)
        except CannotBeDone as why:
            ProposedChange.objects.filter(pk=change_id).update(state=State.FAILED, reason=str(why)[:300])
            _note(change, None, Action.FAILED, at)
            return True
        change = ProposedChange.objects.select_related("account", "proposed_by").get(pk=change_id)
        _note(change, change.proposed_by, Action.DONE, at)
        _tell(change, Notice.MADE, *addresses)
    return True


def _note(change: ProposedChange, by: Account | None, action: Action, at: datetime) -> None:
    shown = change.kind in TOLD_BY_VALUE
    record_audit(
        by,
        action,
        str(change.get_kind_display())[:60],
        kind=TRAIL_KIND.get(ProposedChange.Kind(change.kind), Kind.PEOPLE),
        at=at,
        row=change.pk,
        about=change.account,
        fields=sorted({*change.before, *change.after}),
        before=change.before if shown else None,
        after=change.after if shown else None,
    )


def _tell(change: ProposedChange, notice: AccountNotice.Kind, *also: str) -> None:
    """Everyone concerned: the person, at both addresses; all leads and admins; everyone on the staff where one proposed it alone."""
    told = Account.objects.filter(is_active=True)
    if not change.alone:
        told = told.filter(Q(role__in=policy.SECOND) | Q(pk=change.account_id or 0))
    for account in told.order_by("pk"):
        mine = account.pk == change.account_id
        queue_account_notice(notice, account, *(also if mine else ()))
