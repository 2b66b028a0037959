"""Who may speak to the desk's interface: a signed-in counsellor's own browser (PROTOCOL §8)."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from helpline.models import Account
from helpline.staff.access import View, account_of, staff_page
from messaging.http.problems import Problem
from messaging.models import DeskMember


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
            raise Problem("not-allowed", "Only counsellors can see the desk.")
        return view(request, member, **kwargs)

    return held


def desk_member_of(account: Account) -> DeskMember | None:
    """The account's place at the desk, if it is an active counsellor's; an admin has none."""
    if account.role not in Account.ANSWERING:
        return None
    return DeskMember.objects.select_related("counsellor").filter(counsellor__account=account, counsellor__active=True).first()


def counsellor_page(view: View) -> View:
    """A page for counsellors alone, whatever their role; others get 403."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        member = desk_member_of(account_of(request))
        if member is None:
            raise PermissionDenied
        return view(request, member=member, **kwargs)

    return staff_page(guarded)
