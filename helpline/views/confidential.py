"""What stays private, and when it would not: the terms in force, and every earlier version."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline import queries
from helpline.clock import now
from helpline.views.page import public_page
from helpline.views.terms import terms_in_force, told


@require_safe
def confidential(request: HttpRequest) -> HttpResponse:
    """The current terms, or with ?version= those that somebody once accepted."""
    current, asked = terms_in_force(), request.GET.get("version", "")
    if not asked:
        return public_page(request, "pages/confidential.html", {"terms": told(current), "current": current}, at=now())
    # Only plain digits: int() would also take signs, spaces and other alphabets' figures.
    terms = queries.terms_version(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if terms is None:
        raise Http404
    return public_page(request, "pages/confidential.html", {"terms": told(terms), "current": current}, at=now())
