"""Who may see which page of the desk, by the role of the signed-in account."""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from helpline.models import Account

View = Callable[..., HttpResponse]


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; only behind `staff_page`."""
    assert isinstance(request.user, Account)  # noqa: S101 - a programmer's promise, not a check of input
    return request.user


def staff_page(view: View) -> View:
    """A page for everyone signed in; never kept by a cache. The second factor is the middleware's to demand."""
    return never_cache(login_required(view))


def admin_page(view: View) -> View:
    """A page for admins alone; others get 403."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if account_of(request).role != Account.Role.ADMIN:
            raise PermissionDenied
        return view(request, **kwargs)

    return staff_page(guarded)


def lead_page(view: View) -> View:
    """A page for leads and admins; others get 403."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if account_of(request).role not in {Account.Role.LEAD, Account.Role.ADMIN}:
            raise PermissionDenied
        return view(request, **kwargs)

    return staff_page(guarded)
