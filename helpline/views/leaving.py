"""An honest page: what leaving quickly hides, and what it does not."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.views.page import public_page


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """How to leave no trace."""
    return public_page(request, "pages/leaving.html", {"source": settings.SOURCE}, at=now())
