"""No page of the desk without a second factor."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from helpline.web.problem import SECOND_FACTOR, problem_document

# Recovery codes are no factor of their own: they only stand in for a lost one.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class StaffSecondFactorMiddleware:
    """Sends a member of staff who has no second factor to set one up, whatever page of the desk they asked for.

    The account's own pages (sign-in, sign-out, setting up the factor) stay open: they hold nothing of anyone else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk = str(settings.DESK_PATH)
        # The path is looked at before the user: asking for the user reads the session, which no public page may do.
        if not request.path.startswith(desk) or request.path.startswith((f"{desk}account/", f"{desk}invitation/")):
            return self.get_response(request)
        if not request.user.is_authenticated or is_mfa_enabled(request.user, FACTORS):
            return self.get_response(request)
        if request.path.startswith(f"{desk}api/"):
            detail = "First set up a second step, on the page “My sign-in”."
            refusal = problem_document("second-factor", *SECOND_FACTOR, detail)
            refusal["Cache-Control"] = "no-store"
            return refusal
        return redirect("mfa_index")
