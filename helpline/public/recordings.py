"""Pages read aloud, as browsers ask for sound: whole, or from one byte to another."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline.pages.recordings import recording_sound

RANGE = re.compile(r"bytes=(\d{1,10})-(\d{0,10})")


@require_safe
def recording_view(request: HttpRequest, number: int) -> HttpResponse:
    """No copy of it stays on the device. A range that is no single one is answered with the whole, as the rules of HTTP allow."""
    found = recording_sound(number)
    if found is None:
        raise Http404
    form, sound = found
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "bytes", "X-Robots-Tag": "noindex, nofollow"}
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        return HttpResponse(sound, content_type=form, headers=headers)
    first, last = int(asked[1]), min(int(asked[2] or len(sound)), len(sound) - 1)
    if first > last:
        return HttpResponse(status=416, content_type=form, headers={**headers, "Content-Range": f"bytes */{len(sound)}"})
    part = {**headers, "Content-Range": f"bytes {first}-{last}/{len(sound)}"}
    return HttpResponse(sound[first : last + 1], status=206, content_type=form, headers=part)
