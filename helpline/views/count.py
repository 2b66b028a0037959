"""That somebody began to write, as the page says when "I have read this. Go on" is pressed.

It is a request without a body, a query, a cookie or a referrer, the same from everybody; of it nothing is kept but one more in a day's sum.
The alternatives give away more or say less. What the page asks for when it is opened (who reads, PROTOCOL §7.2) says nothing of going on. A
number beside the message itself would stand beside a message. Whoever listens on the line sees that a small request was made after the page
was opened, as they see the larger ones before it; that somebody then writes, they can see with it or without it.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from helpline import counting
from helpline.clock import now


@csrf_exempt  # There is no cookie with which to forge anything.
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """One more; whatever else a request brings is not read. Another site's page cannot add to it, nor what is no browser's page."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        counting.start(at=now())
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
