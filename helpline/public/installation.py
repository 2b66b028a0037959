"""/static/client/installation.js: made from the settings, for no build knows the root of whoever will run it."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from helpline.web.installed import installed


def _tag(_: HttpRequest) -> str:
    return f'"{hashlib.sha256(installed().script).hexdigest()}"'


@require_safe
@condition(etag_func=_tag)
def installation(_: HttpRequest) -> HttpResponse:
    """Its name never changes, so a browser asks each time whether its copy is still the one that the page's hash is of."""
    return HttpResponse(installed().script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
