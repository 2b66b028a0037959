"""A counsellor's shifts at a secret address: outside /desk/, for a calendar program has no cookie and cannot sign in."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.rota.calendar_feed import feed_by_secret, feed_calendar, feed_secret_hash

# A program may keep its copy, and ask again after a while; no cache between may.
LIFETIME = "private, max-age=300"


@require_safe
def rota_feed_view(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar file; the same again while nothing has changed is a 304. An address that was reset is not found, like any other."""
    feed = feed_by_secret(feed_secret_hash(secret))
    if feed is None:
        raise Http404
    body = feed_calendar(feed, at=now())
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"Cache-Control": LIFETIME, "ETag": etag}
    given = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in given or etag in [each.removeprefix("W/") for each in given]:
        return HttpResponseNotModified(headers=headers)
    headers["Content-Disposition"] = 'inline; filename="rota.ics"'
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
