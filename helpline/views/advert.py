"""A short address from a poster: it counts, and leads on. A mistyped one leads to the start page, for help is there too."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from helpline import counting
from helpline.adverts import advert_by
from helpline.clock import now


@require_safe
def advert(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing of the request goes along: no query, and no trace of which advert it was."""
    at = now()
    found = advert_by(code, at=at)
    if found and found.counts and counting.is_visit(request):
        counting.arrival(found.code, at=at)
    if found and found.slug:
        with translation.override(found.language):
            address = reverse("read-page", args=[found.slug])
    else:
        address = reverse("home")
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"})
