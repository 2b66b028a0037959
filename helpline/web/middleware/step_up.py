"""Every change by an admin asks for a passkey or a second step again, when the last proof is older than five minutes.

The pages that ask are allauth's, and so are the records of what was proved. What was sent waits in the session until then, so that nothing
that was typed is lost: the path and the form's fields, and nothing else of the request, whose headers hold the session's key.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, stash_and_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve, reverse

from helpline.models import Account
from helpline.web.problem import SECOND_FACTOR, problem_document

FRESH = 300  # Seconds.
# A file that a script sends in pieces may take longer than that.
FRESH_FOR_A_SCRIPT = 1_800
CALLBACK = "helpline.web.middleware.step_up.resume_change"
OWN = "helpline.web.middleware.step_up.resume_own_change"
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
# Signing in and proving, and stopping a change: that takes one press.
OPEN = ("account/", "invitation/", "api/", "admin/login/", "admin/logout/", "heard/")
WAITING = "waiting/"


class StepUpMiddleware:
    """Looks at each change after the check against forgery, and before its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, named: Any) -> HttpResponse | None:
        if request.method != "POST" or not _is_guarded(request):
            return None
        if request.content_type not in FORMS:
            return None if was_proved(request, FRESH_FOR_A_SCRIPT) else _refused()
        return None if was_proved(request, FRESH) else ask_for_proof(request, request.path, request.POST.urlencode())

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Asked before allauth's own middleware, which would keep the whole request of a page about the sign-in in the session."""
        if not isinstance(exception, ReauthenticationRequired) or request.method != "POST":
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            return None
        stash_and_reauthenticate(request, {"path": request.path, "fields": request.POST.urlencode()}, OWN)
        return redirect(f"{ways[0]['url']}?{urlencode({'next': request.path})}")


def _is_guarded(request: HttpRequest) -> bool:
    """A change by an admin; and what a lead decides for two."""
    desk = str(settings.DESK_PATH)
    # The path is looked at before the user: asking for the user reads the session, which no public page may do.
    if not request.path.startswith(desk):
        return False
    path = request.path.removeprefix(desk)
    if path.startswith(OPEN) or (path.startswith(WAITING) and path.endswith("/stop/")):
        return False
    if not isinstance(request.user, Account):
        return False
    role = request.user.role
    return role == Account.Role.ADMIN or (role == Account.Role.LEAD and path.startswith(WAITING))


def was_proved(request: HttpRequest, within: int) -> bool:
    """Whether the second step, or a passkey, was used in this session within so many seconds: at the sign-in, or again since."""
    records = [each for each in get_authentication_records(request, request.user) if each.get("method") == "mfa"]
    return bool(records) and time.time() - max(float(each["at"]) for each in records) < within


def ask_for_proof(request: HttpRequest, path: str, fields: str) -> HttpResponse:
    """Keeps what was sent, and leads to allauth's page: for a passkey where there is one, and else for a code."""
    stash_and_reauthenticate(request, {"path": path, "fields": fields}, CALLBACK)
    passkey = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN).exists()
    page = reverse("mfa_reauthenticate_webauthn" if passkey else "mfa_reauthenticate")
    return redirect(f"{page}?{urlencode({'next': path})}")


def _refused() -> HttpResponse:
    refusal = problem_document("second-factor", *SECOND_FACTOR, "Save the form once, and confirm that it is you. Then send the file again.")
    refusal["Cache-Control"] = "no-store"
    return refusal


def waits_for_proof(request: HttpRequest) -> bool:
    """Whether a change waits in this session: a password alone does not let it through."""
    state = request.session.get(STATE_SESSION_KEY)
    return isinstance(state, dict) and state.get("callback") == CALLBACK


def resume_change(request: HttpRequest, state: dict[str, str]) -> HttpResponse:
    """allauth calls this once something was proved: what was sent before goes to its view, as if it came now."""
    if not was_proved(request, FRESH):
        return ask_for_proof(request, state["path"], state["fields"])
    return resume_own_change(request, state)


def resume_own_change(request: HttpRequest, state: dict[str, str]) -> HttpResponse:
    """The same for a page about one's own sign-in, whose view asks again whether the proof is enough."""
    found = resolve(state["path"])
    changed: Any = request
    changed.path = changed.path_info = state["path"]
    changed.POST, changed.GET = QueryDict(state["fields"]), QueryDict("")
    changed.resolver_match = found
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return answer
