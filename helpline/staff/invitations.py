"""Invitations: a link, good once and for a week, with which someone new sets their own password."""

import hashlib
import secrets
import unicodedata
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from helpline.audit import record_audit
from helpline.models import Account, AccountNotice, Counsellor, Invitation
from helpline.models.audit import Action, Kind
from helpline.staff.account_notices import queue_account_notice
from helpline.staff.begun import service_has_begun
from helpline.staff.recovery import begin_recovery

VALID_FOR = timedelta(days=7)


class AccountExists(Exception):
    """Someone with this email address, or this display name, is on the staff already; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NoInvitation(Exception):
    """The link was used, is older than a week, was replaced by a newer one, or never was."""


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def invite_account(*, email: str, name: str, role: str, display_name: str, at: datetime) -> tuple[Account, str]:
    """Makes the account, and the counsellor when there is a display name; returns the account and the link's token.

    Raises:
        AccountExists: the address or the display name is taken.
    """
    display_name = unicodedata.normalize("NFC", display_name)
    demand_new(email=email, display_name=display_name)
    try:
        with transaction.atomic():
            # An admin may change every row that Django's admin shows; which rows those are is decided there.
            account = Account.objects.create_user(email, None, name=name, role=role, is_superuser=role == Account.Role.ADMIN)
            if display_name:
                Counsellor.objects.create(account=account, display_name=display_name)
            return account, _new_link(account, at)
    except IntegrityError as error:  # two admins at once
        raise AccountExists("email") from error


def demand_new(*, email: str, display_name: str) -> None:
    """Raises AccountExists."""
    if Account.objects.filter(email__iexact=email).exists():
        raise AccountExists("email")
    if display_name and Counsellor.objects.filter(display_name__iexact=unicodedata.normalize("NFC", display_name)).exists():
        raise AccountExists("display_name")


def invite_account_again(account: Account, *, at: datetime) -> str:
    """A new link for someone who lost the old one, the password or the second step; all of those end now, open sessions too.

    Someone who had a way in waits to be heard by a lead (`helpline.staff.recovery`).
    """
    with transaction.atomic():
        if account.has_usable_password() and service_has_begun():
            begin_recovery(account, at=at)
        account.set_unusable_password()
        account.save(update_fields=["password"])
        queue_account_notice(AccountNotice.Kind.INVITED_AGAIN, account)
        Authenticator.objects.filter(user_id=account.pk).delete()
        return _new_link(account, at)


def open_invitation(token: str, *, at: datetime) -> Account:
    """Who is invited by this link.

    Raises:
        NoInvitation: the link is not good (any more).
    """
    found = Invitation.objects.select_related("account").filter(token_hash=_hash(token), expires_at__gt=at, account__is_active=True).first()
    if found is None:
        raise NoInvitation
    return found.account


def accept_invitation(token: str, password: str, *, at: datetime) -> Account:
    """Sets the password and uses the link up.

    Raises:
        NoInvitation: the link is not good (any more).
        ValidationError: the password is too weak; the link stays good.
    """
    account = open_invitation(token, at=at)
    validate_password(password, account)
    with transaction.atomic():
        # The delete is counted: of two clicks at once, one sets the password.
        if Invitation.objects.filter(token_hash=_hash(token), expires_at__gt=at).delete()[0] != 1:
            raise NoInvitation
        account.set_password(password)
        account.save(update_fields=["password"])
        # A lead or an admin can confirm what others propose: a link alone must not make anyone one.
        if account.role != Account.Role.COUNSELLOR and account.recovered_at is None and service_has_begun():
            begin_recovery(account, at=at)
        record_audit(account, Action.ACCEPTED, "invitation", kind=Kind.SIGN_IN, at=at, row=account.pk, about=account)
    return account


def _new_link(account: Account, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    Invitation.objects.update_or_create(account=account, defaults={"token_hash": _hash(token), "expires_at": at + VALID_FOR})
    return token
