"""/.well-known/helpline-manifest.json: the signed manifest of what is served (PROTOCOL §11.3)."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe


def _tag(request: HttpRequest) -> str | None:
    path = Path(settings.RELEASE_FILE)
    return f'"{hashlib.sha256(path.read_bytes()).hexdigest()}"' if path.is_file() else None


@require_safe
@condition(etag_func=_tag)
def release_view(request: HttpRequest) -> HttpResponse:
    """The file as it was signed, without the line's end."""
    path = Path(settings.RELEASE_FILE)
    if not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes().rstrip(b"\n"), content_type="application/json", headers={"Cache-Control": "public, max-age=300"})
