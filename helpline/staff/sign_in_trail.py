"""What happens at the sign-in goes into the trail, and is told to the one concerned: passwords, second steps, sign-ins, wrong tries."""

import logging
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as second_steps
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import user_logged_out
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import formats, timezone

from helpline.audit import record_audit
from helpline.clock import now
from helpline.models import Account, AccountNotice
from helpline.models.audit import Action, Kind
from helpline.organisation import organisation
from helpline.staff.account_notices import queue_account_notice
from helpline.staff.known_browsers import browser_account_mark, known_browser

log = logging.getLogger(__name__)
LOCKED_FOR = 300
# In the session of one who is between the two steps: the account's mark as it was when the password was typed.
MARK = "sign-in-mark"
Notice = AccountNotice.Kind
STEPS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def _note(account: Account, action: Action, what: str, *, at: datetime, notice: AccountNotice.Kind | None = None) -> None:
    with transaction.atomic():
        record_audit(account, action, what, kind=Kind.SIGN_IN, at=at, row=account.pk, about=account)
        if notice is not None:
            queue_account_notice(notice, account)


def on_signed_in(request: HttpRequest, account: Account) -> None:
    """Both steps were taken. Says when the account was last used, and how often someone tried in vain since."""
    known = known_browser(request, account.email) is not None
    _note(account, Action.SIGNED_IN, "account", at=now(), notice=None if known else Notice.NEW_BROWSER)
    if account.last_login is not None:
        messages.info(request, f"You last signed in on {_when(account.last_login)}.{_wrong(account.wrong_tries)}")
    Account.objects.filter(pk=account.pk).update(wrong_tries=0)


def _when(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at, ZoneInfo(organisation().time_zone)), "l j F, H:i")


def _wrong(tries: int) -> str:
    if tries == 0:
        return ""
    return " Since then there was 1 wrong try." if tries == 1 else f" Since then there were {tries} wrong tries."


def on_wrong_sign_in(email: str) -> None:
    """A password, or a code, that was not right; for an address that is nobody's nothing is counted."""
    Account.objects.filter(email__iexact=email.strip()).update(wrong_tries=F("wrong_tries") + 1)


def on_sign_in_locked(email: str) -> None:
    """The limit was reached: one line, one email and one warning in the log for as long as it lasts."""
    if not cache.add(f"sign-in-locked:{browser_account_mark(email)}", 1, LOCKED_FOR):
        return
    log.warning("An account takes no password for five minutes from browsers that it does not know: there were too many wrong tries.")
    account = Account.objects.filter(email__iexact=email.strip()).first()
    if account is not None:
        with transaction.atomic():
            record_audit(None, Action.LOCKED, "account", kind=Kind.SIGN_IN, at=now(), row=account.pk, about=account)
            queue_account_notice(Notice.LOCKED, account)


def _password_typed(request: HttpRequest, user: Account, method: str, **_: Any) -> None:
    if method == "password" and not request.user.is_authenticated:
        request.session[MARK] = user.get_session_auth_hash()


def _password_changed(request: HttpRequest, user: Account, **_: Any) -> None:
    _note(user, Action.CHANGED, "password", at=now(), notice=Notice.PASSWORD)


def _signed_out(request: HttpRequest, user: Account | None, **_: Any) -> None:
    if user is not None:
        _note(user, Action.ENDED, "session", at=now())


def _second_step_added(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """The first one was just shown to work, by a code or by the passkey itself. One more proves nothing: a password lets it be added."""
    steps = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if not steps.exclude(pk=authenticator.pk).exists() and authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    _note(user, Action.ADDED, STEPS[authenticator.type], at=now(), notice=_notice_of(authenticator, Notice.FACTOR_ADDED))


def _second_step_removed(user: Account, authenticator: Authenticator, **_: Any) -> None:
    _note(user, Action.DELETED, STEPS[authenticator.type], at=now(), notice=Notice.FACTOR_REMOVED)


def _recovery_codes_made(user: Account, authenticator: Authenticator, **_: Any) -> None:
    _note(user, Action.CHANGED, STEPS[authenticator.type], at=now(), notice=Notice.RECOVERY_CODES)


def _notice_of(authenticator: Authenticator, otherwise: AccountNotice.Kind) -> AccountNotice.Kind:
    return Notice.RECOVERY_CODES if authenticator.type == Authenticator.Type.RECOVERY_CODES else otherwise


def _code_was_wrong(user: Account, **_: Any) -> None:
    on_wrong_sign_in(user.email)


def listen_for_sign_ins() -> None:
    """Called once, when the application is loaded."""
    for signal, receiver in (
        (account_signals.authentication_step_completed, _password_typed),
        (account_signals.password_changed, _password_changed),
        (account_signals.password_set, _password_changed),
        (second_steps.authenticator_added, _second_step_added),
        (second_steps.authenticator_removed, _second_step_removed),
        (second_steps.authenticator_reset, _recovery_codes_made),
        (second_steps.authentication_failed, _code_was_wrong),
        (user_logged_out, _signed_out),
    ):
        signal.connect(receiver, dispatch_uid=f"helpline.{receiver.__name__}")
