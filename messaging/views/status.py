"""The operator's view: the service's figures in words, for admins and leads; and who of them wants an email when something is wrong."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from helpline.clock import now
from helpline.models import Account
from helpline.models.audit import Action
from helpline.operations.audit import record_row
from messaging.health import findings
from messaging.queries.figures import figures
from messaging.views.access import account_of, lead_page


@require_safe
@lead_page
def status(request: HttpRequest) -> HttpResponse:
    """As it stands at this moment: the page is not kept, and does not change by itself."""
    lines = findings(figures(at=now()))
    worst = max(line.state for line in lines)
    context = {"page": "status", "lines": lines, "worst": worst, "account": account_of(request), "sends": settings.SENDS_EMAIL}
    return render(request, "desk/status.html", context)


@require_POST
@lead_page
def alerts(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in wants the emails from now on, or no more."""
    account, wanted = account_of(request), request.POST.get("alerts") == "yes"
    with transaction.atomic():
        if Account.objects.filter(pk=account.pk, alerts=not wanted).update(alerts=wanted):
            record_row(account, Action.CHANGED, account, at=now(), fields=["alerts"])
    messages.success(request, "You will be told by email." if wanted else "You will not be told by email.")
    return redirect("desk:status")
