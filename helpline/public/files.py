"""Files that pages and programs ask for: search engines' rules, the brand's colours, and the installation's own script."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from helpline import organisation
from helpline.branding import Look
from helpline.web.address_code import address_code
from helpline.web.installed import installed_release

# A short address is counted when it is asked for, and only leads on. What else is not to be found says so in its own page: a list of
# addresses here would be read by people too, and an engine that may not look at a page cannot read there that it is to forget it.
RULES = "User-agent: *\nDisallow: /c/\n"


@require_safe
def robots_txt_view(request: HttpRequest) -> HttpResponse:
    """The same for everyone, for a day."""
    return HttpResponse(RULES, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=86400"})


@require_safe
def look_css_view(request: HttpRequest) -> HttpResponse:
    """Custom properties for the site's style sheet; pages name it with its version."""
    css = Look.of(organisation.organisation().brand_colour).css
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=86400"})


@require_safe
def address_code_view(request: HttpRequest) -> HttpResponse:
    """The first page's address as a square code: the same for everyone, and nothing of a visit is in it."""
    return HttpResponse(address_code(), content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


def _tag(_: HttpRequest) -> str:
    return f'"{hashlib.sha256(installed_release().script).hexdigest()}"'


@require_safe
@condition(etag_func=_tag)
def installation_script_view(_: HttpRequest) -> HttpResponse:
    """Its name never changes, so a browser asks each time whether its copy is still the one that the page's hash is of."""
    return HttpResponse(installed_release().script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
