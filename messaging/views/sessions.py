"""A member of staff ends every session of their own, this one too; and a stranger begins only so many."""

from allauth.core.internal.ratelimit import consume_or_429
from allauth.mfa.webauthn.views import login_webauthn
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from helpline.clock import now
from helpline.models.audit import Action, Kind
from helpline.operations.audit import record
from helpline.operations.sign_out import sign_out_everywhere
from messaging.views.access import account_of, staff_page

ASKED = {"passkey": "30/m/ip"}


def passkey(request: HttpRequest) -> HttpResponse:
    """allauth's own sign-in by passkey. Each question for one begins a session, so one place asks so often and no oftener."""
    asked_too_often: HttpResponse | None = consume_or_429(request, app="helpline", action="passkey", config=ASKED, limit_get=True)
    response: HttpResponse = asked_too_often or login_webauthn(request)
    return response


@require_POST
@staff_page
def everywhere(request: HttpRequest) -> HttpResponse:
    """For a phone that was lost, or a computer that was left open; then the sign-in page."""
    account = account_of(request)
    with transaction.atomic():
        sign_out_everywhere(account)
        record(account, Action.SIGNED_OUT, "account", kind=Kind.PEOPLE, at=now(), row=account.pk, about=account)
    logout(request)
    return redirect("account_login")
