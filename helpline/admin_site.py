"""Django's admin under the desk's own rules: allauth's sign-in, a second factor, and a strict policy for scripts and styles."""

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class DeskAdminSite(AdminSite):
    """The admin's pages; who may see one is decided by `Account.is_staff`."""

    site_header = "Helpline: the admin's pages"
    site_title = "Helpline admin"
    index_title = "Hours, rota, campaign, people"
    site_url = settings.DESK_PATH
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only the service's own rows: allauth's and Django's would offer second factors and groups that nobody here edits by hand."""
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        for model in models:
            if model.__module__.partition(".")[0] in {"helpline", "messaging"}:
                super().register(model, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Allauth signs in; someone signed in who is no admin is refused (403)."""
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")
