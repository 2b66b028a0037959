"""When somebody answers: the week, and whatever departs from it soon."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.timetable import timetable
from helpline.views.hours import hours_now
from helpline.views.page import public_page


@require_safe
def when(request: HttpRequest) -> HttpResponse:
    """The opening hours in words and a table."""
    at = now()
    hours = hours_now(at)
    standing = hours.standing
    table = timetable(standing.offered, standing.zone, standing.today)
    return public_page(request, "pages/when.html", {"timetable": table}, at=at, hours=hours)
