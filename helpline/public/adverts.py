"""Short addresses of adverts, which count and lead on, and the address that counts a start."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from helpline import statistics
from helpline.campaigns.adverts import advert_by
from helpline.clock import now


@require_safe
def advert_view(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing of the request goes along: no query, and no trace of which advert it was."""
    at = now()
    found = advert_by(code, at=at)
    if found and found.counts and statistics.is_visit(request):
        statistics.count_advert_visit(found.code, at=at)
    if found and found.slug:
        with translation.override(found.language):
            address = reverse("read-page", args=[found.slug])
    else:
        address = reverse("home")
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"})


@csrf_exempt  # There is no cookie with which to forge anything.
@require_POST
def count_start_view(request: HttpRequest) -> HttpResponse:
    """One more; whatever else a request brings is not read. Another site's page cannot add to it, nor what is no browser's page."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        statistics.count_start(at=now())
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
