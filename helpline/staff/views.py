"""The pages of one's own account: the invitation's link, a password, a passkey, and signing out everywhere."""

from datetime import datetime

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core.internal.ratelimit import consume_or_429
from allauth.mfa.webauthn.views import login_webauthn
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from helpline.audit import record_audit
from helpline.clock import now
from helpline.models.audit import Action, Kind
from helpline.staff import known_browsers
from helpline.staff.access import account_of, staff_page
from helpline.staff.forms import ChoosePasswordForm
from helpline.staff.invitations import NoInvitation, accept_invitation, open_invitation
from helpline.staff.sign_out import sign_out_everywhere

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ASKED = {"passkey": "30/m/ip"}


@sensitive_post_parameters()
@never_cache
def invitation_view(request: HttpRequest, token: str) -> HttpResponse:
    """Shows who is invited; takes the password, signs in, and goes on to the second step."""
    at = now()
    form = ChoosePasswordForm(request.POST or None)
    try:
        account = open_invitation(token, at=at)
        if form.is_valid() and _accepted(request, token, form, at):
            response = redirect("mfa_index")
            known_browsers.remember_browser(request, response, account.email)
            return response
    except NoInvitation:
        return render(request, "invitation/gone.html", status=410)
    return render(request, "invitation/accept.html", {"form": form, "invited": account})


def _accepted(request: HttpRequest, token: str, form: ChoosePasswordForm, at: datetime) -> bool:
    """Sets the password and signs in; false when the password is too weak, which the form then says."""
    try:
        account = accept_invitation(token, form.cleaned_data["password"], at=at)
    except ValidationError as error:
        form.add_error("password", error)
        return False
    # Whoever was signed in on this machine before is not the one who was invited.
    logout(request)
    login(request, account, backend=BACKEND)
    # The password was typed a moment ago: nobody is asked for it again before the second step.
    reauthenticate_by_password(request)
    return True


def passkey_sign_in_view(request: HttpRequest) -> HttpResponse:
    """allauth's own sign-in by passkey. Each question for one begins a session, so one place asks so often and no oftener."""
    asked_too_often: HttpResponse | None = consume_or_429(request, app="helpline", action="passkey", config=ASKED, limit_get=True)
    response: HttpResponse = asked_too_often or login_webauthn(request)
    return response


@require_POST
@staff_page
def sign_out_everywhere_view(request: HttpRequest) -> HttpResponse:
    """For a phone that was lost, or a computer that was left open; then the sign-in page."""
    account = account_of(request)
    with transaction.atomic():
        sign_out_everywhere(account)
        record_audit(account, Action.SIGNED_OUT, "account", kind=Kind.PEOPLE, at=now(), row=account.pk, about=account)
    logout(request)
    return redirect("account_login")
