"""The organisation's colours as a style sheet: the policy allows no style inside a page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline import organisation
from helpline.branding import Look


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Custom properties for the site's style sheet; pages name it with its version."""
    css = Look.of(organisation.organisation().brand_colour).css
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=86400"})
