"""What is done with staff and vaults once two people have said so and its time has come; and which of it needs them at all."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from helpline.four_eyes.registry import CannotBeDone, register_deed
from helpline.models import Account, AccountNotice, AuditEntry, ProposedChange
from helpline.models.audit import Action
from helpline.staff.account_notices import queue_account_notice
from helpline.staff.begun import register_beginning, service_has_begun
from helpline.staff.invitations import AccountExists
from messaging.keys.forgotten_vaults import CannotComeBack, bring_back_vault
from messaging.keys.vaults import OnlyReader, forget_vault
from messaging.members.invite import InvitationLink, email_invitation, invite_member, invite_member_again
from messaging.members.offboard import offboard, step_down_from_desk
from messaging.models import DeskMember, Epoch

Kind = ProposedChange.Kind
log = logging.getLogger(__name__)
# One counsellor who has left is recorded by one admin, at once; another within this time takes two people.
ONE_LEAVER = timedelta(hours=24)


def leaving_takes_two(account: Account, *, at: datetime) -> bool:
    """Whether one admin alone may not record that this person has left: a lead, an admin, or the second counsellor within a day."""
    if not service_has_begun() or not account.is_active:
        return False
    recently = AuditEntry.objects.filter(action=Action.LEFT, at__gt=at - ONE_LEAVER).exists()
    return recently or account.role != Account.Role.COUNSELLOR


def joining_takes_two(role: str) -> bool:
    """Whether one admin alone may not invite someone to this role: a lead or an admin can confirm what others propose."""
    return service_has_begun() and role != Account.Role.COUNSELLOR


def _account(change: ProposedChange) -> Account:
    assert change.account_id is not None  # noqa: S101 - the kinds below are all about someone
    return Account.objects.select_for_update().get(pk=change.account_id)


def _send_link(link: InvitationLink) -> None:
    """What cannot be sent is made again on the page “Staff”, which shows it."""
    try:
        email_invitation(link)
    except OSError as error:
        log.warning("An invitation could not be sent (%s); the page “Staff” makes the link again.", type(error).__name__)


def _invite(change: ProposedChange, at: datetime) -> None:
    try:
        link = invite_member(**{name: change.after[name] for name in ("email", "name", "role", "display_name")}, at=at)
    except AccountExists as taken:
        raise CannotBeDone("Someone on the staff has this email address or this name already.") from taken
    ProposedChange.objects.filter(pk=change.pk).update(account=link.account)
    transaction.on_commit(partial(_send_link, link), robust=True)


def _invite_again(change: ProposedChange, at: datetime) -> None:
    account = _account(change)
    if not account.is_active:
        raise CannotBeDone("The account is switched off.")
    transaction.on_commit(partial(_send_link, invite_member_again(account, at=at)), robust=True)


def _change_account(change: ProposedChange, at: datetime) -> None:
    account = _account(change)
    if any(str(getattr(account, name)) != was for name, was in change.before.items()):
        raise CannotBeDone("The account was changed since.")
    role, email = change.after.get("role", account.role), change.after.get("email", account.email)
    if Account.objects.filter(email__iexact=email).exclude(pk=account.pk).exists():
        raise CannotBeDone("Someone else on the staff has this email address now.")
    if account.role in Account.ANSWERING and role not in Account.ANSWERING:
        step_down_from_desk(account, at=at)
    account.role, account.email, account.is_superuser = role, email, role == Account.Role.ADMIN
    account.is_active = change.after.get("is_active", str(account.is_active)) == "True"
    account.save(update_fields=["role", "email", "is_superuser", "is_active"])
    if "is_active" in change.after and hasattr(account, "counsellor"):
        type(account.counsellor)._default_manager.filter(pk=account.counsellor.pk).update(active=account.is_active)  # noqa: SLF001
    queue_account_notice(AccountNotice.Kind.CHANGED, account, change.before.get("email", account.email))


def _leave(change: ProposedChange, at: datetime) -> None:
    offboard(_account(change), at=at)


def _forget(change: ProposedChange, at: datetime) -> None:
    member = DeskMember.objects.filter(counsellor__account=change.account_id).first()
    if member is None or not member.vaults.exists():
        raise CannotBeDone("There is no vault any more.")
    try:
        forget_vault(member, at=at, sure=change.after.get("sure") == "yes")
    except OnlyReader as only:
        numbers = ", ".join(map(str, only.epochs))
        raise CannotBeDone(f"Nobody else can read epoch {numbers} now. Propose it again, and enter the name.") from only


def _bring_back(change: ProposedChange, at: datetime) -> None:
    try:
        bring_back_vault(int(change.after["vault"]))
    except CannotComeBack as why:
        raise CannotBeDone(str(why)) from why


def desk_has_begun() -> bool:
    """An epoch was confirmed once; no epoch is ever deleted."""
    return Epoch.confirmed().exists()


def register_deeds() -> None:
    """Called once, when the application is loaded."""
    register_beginning(desk_has_begun)
    register_deed(Kind.INVITE, _invite)
    register_deed(Kind.INVITE_AGAIN, _invite_again)
    register_deed(Kind.ACCOUNT, _change_account)
    register_deed(Kind.LEAVE, _leave)
    register_deed(Kind.VAULT, _forget)
    register_deed(Kind.VAULT_BACK, _bring_back)
