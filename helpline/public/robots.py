"""/robots.txt: what search engines leave alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# A short address is counted when it is asked for, and only leads on. What else is not to be found says so in its own page: a list of
# addresses here would be read by people too, and an engine that may not look at a page cannot read there that it is to forget it.
RULES = "User-agent: *\nDisallow: /c/\n"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The same for everybody, for a day."""
    return HttpResponse(RULES, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=86400"})
