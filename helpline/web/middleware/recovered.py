"""Nobody does anything at the desk who was invited again and has not been heard by a lead."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from helpline.models import Account
from helpline.web.problem import NOT_HEARD, problem_document

# Their own sign-in, the page with the code, and the handbook.
OPEN = ("account/", "invitation/", "heard/", "help/")


class RecoveredAccountMiddleware:
    """Sends them to the page that shows the code, whatever page of the desk they asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk = str(settings.DESK_PATH)
        # The path is looked at before the user: asking for the user reads the session, which no public page may do.
        if not request.path.startswith(desk) or request.path.startswith(tuple(f"{desk}{each}" for each in OPEN)):
            return self.get_response(request)
        if not isinstance(request.user, Account) or request.user.recovered_at is None:
            return self.get_response(request)
        if request.path.startswith(f"{desk}api/"):
            refusal = problem_document("not-allowed", *NOT_HEARD, "First a lead must hear you read out a code. Open the desk to see it.")
            refusal["Cache-Control"] = "no-store"
            return refusal
        return redirect("desk:heard")
