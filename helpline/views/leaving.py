"""An honest page: what leaving quickly hides, and what it does not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """How to leave no trace."""
    return render(request, "pages/leaving.html")
