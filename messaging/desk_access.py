"""Who may speak to the desk's interface: a signed-in counsellor's own browser (PROTOCOL §8)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from helpline.models import Account
from messaging.endpoints import View
from messaging.models import DeskMember
from messaging.problems import Problem


def is_lead(request: HttpRequest) -> bool:
    """Whether the account is a lead's; only behind `with_member`."""
    return isinstance(request.user, Account) and request.user.role == Account.Role.LEAD


class ForgeryCheck(CsrfViewMiddleware):
    """Django's own check of origin and token; a refusal is a problem document, as everywhere in the interface, instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        raise Problem("not-allowed", "The page is out of date. Load it again.")


def _unused(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def with_member(view: Callable[..., HttpResponse]) -> View:
    """Gives the view the counsellor's place at the desk. The second factor is the middleware's to demand, before any view."""

    def held(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        account = request.user
        if not isinstance(account, Account):
            raise Problem("session", "Sign in again.")
        check = ForgeryCheck(_unused)
        check.process_request(request)
        check.process_view(request, _unused, (), {})
        member = (
            DeskMember.objects.select_related("counsellor__account").filter(counsellor__account=account, counsellor__active=True).first()
        )
        if member is None or account.role not in Account.ANSWERING:
            raise Problem("not-allowed", "Only counsellors may see the desk.")
        return view(request, member, **kwargs)

    return held
