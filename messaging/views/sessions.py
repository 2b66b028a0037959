"""A member of staff ends every session of their own, this one too."""

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
