"""The page behind an invitation's link: whoever holds the link chooses the account's password."""

from datetime import datetime

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from helpline import known_browsers
from helpline.clock import now
from helpline.operations.invite import NoInvitation, accept, open_invitation
from messaging.forms import ChoosePasswordForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters()
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows who is invited; takes the password, signs in, and goes on to the second step."""
    at = now()
    form = ChoosePasswordForm(request.POST or None)
    try:
        account = open_invitation(token, at=at)
        if form.is_valid() and _accepted(request, token, form, at):
            response = redirect("mfa_index")
            known_browsers.mark(request, response, account.email)
            return response
    except NoInvitation:
        return render(request, "invitation/gone.html", status=410)
    return render(request, "invitation/accept.html", {"form": form, "invited": account})


def _accepted(request: HttpRequest, token: str, form: ChoosePasswordForm, at: datetime) -> bool:
    """Sets the password and signs in; false when the password is too weak, which the form then says."""
    try:
        account = accept(token, form.cleaned_data["password"], at=at)
    except ValidationError as error:
        form.add_error("password", error)
        return False
    # Whoever was signed in on this machine before is not the one who was invited.
    logout(request)
    login(request, account, backend=BACKEND)
    # The password was typed a moment ago: nobody is asked for it again before the second step.
    reauthenticate_by_password(request)
    return True
