"""Someone who was invited again can do nothing until a lead has heard their voice: the link may have been opened by another.

The account's own page shows a code. A lead calls the person on a number that they know from elsewhere, hears the code, and enters it.
"""

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare

from helpline.audit import record_audit
from helpline.models import Account, AccountNotice
from helpline.models.audit import Action, Kind
from helpline.staff.account_notices import queue_account_notice
from helpline.staff.recipients import lead_accounts

# After so many wrong codes another one is shown.
MOST_TRIES = 5


class WrongCode(Exception):
    """It is not the code that the account's page shows."""


def _new_code() -> str:
    return f"{secrets.randbelow(10**6):06d}"


def begin_recovery(account: Account, *, at: datetime) -> None:
    """From now on the account can do nothing; the leads are told that someone waits to be heard. Called in a transaction."""
    account.recovered_at, account.recovery_code, account.recovery_tries = at, _new_code(), 0
    account.save(update_fields=["recovered_at", "recovery_code", "recovery_tries"])
    for lead in Account.objects.filter(pk__in=lead_accounts(besides=account.pk)).order_by("pk"):
        queue_account_notice(AccountNotice.Kind.HEARD, lead)


def may_hear(by: Account, account: Account) -> bool:
    """Whether `by` may confirm who someone is: another lead; or another admin, where there is no other lead."""
    if by.pk == account.pk or by.recovered_at is not None or not by.is_active:
        return False
    if by.role == Account.Role.LEAD:
        return True
    leads = Account.objects.filter(is_active=True, role=Account.Role.LEAD, recovered_at=None).exclude(pk=account.pk)
    return by.role == Account.Role.ADMIN and not leads.exists()


def confirm_voice(account: Account, code: str, *, by: Account, at: datetime) -> None:
    """The account may do again what its role may. Of two who confirm at once, one does.

    Raises:
        PermissionDenied: not for this account to confirm.
        WrongCode: also for an account that waits no longer; after five of them another code is shown.
    """
    if not may_hear(by, account):
        raise PermissionDenied
    typed = "".join(each for each in code if each.isdecimal())
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        right = row.recovered_at is not None and constant_time_compare(typed, row.recovery_code)
        if right:
            Account.objects.filter(pk=row.pk).update(recovered_at=None, recovery_code="", recovery_tries=0)
            record_audit(by, Action.VOICE, "account", kind=Kind.PEOPLE, at=at, row=row.pk, about=row)
        elif row.recovered_at is not None:
            again = row.recovery_tries + 1 >= MOST_TRIES
            code_now = _new_code() if again else row.recovery_code
            Account.objects.filter(pk=row.pk).update(recovery_tries=0 if again else F("recovery_tries") + 1, recovery_code=code_now)
    if not right:
        raise WrongCode


def waiting_to_be_heard() -> list[Account]:
    """The accounts that can do nothing yet, in the order of their names."""
    return list(Account.objects.filter(is_active=True, recovered_at__isnull=False).order_by("name"))
