"""The page that says who opened what: how many conversations each member opened on each day, and who opened one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.staff.access import lead_page
from messaging.conversations.opened import opened_by, opened_counts

LONGEST = 20


@require_safe
@lead_page
def opened_view(request: HttpRequest) -> HttpResponse:
    """For leads and admins; with a conversation's short name, who opened that one."""
    name = request.GET.get("name", "")[:LONGEST]
    context = {"page": "audit", "name": name, "found": opened_by(name) if name else None, "counts": opened_counts(at=now())}
    return render(request, "desk/opened.html", context)
