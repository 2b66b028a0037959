"""What counts as someone's visit."""

from django.http import HttpRequest


def is_visit(request: HttpRequest) -> bool:
    """Someone asked for a page to look at it: no question about headers alone, no browser that only thinks ahead, no part of a page,
    and no program that follows the addresses of adverts.

    Nothing is read that could tell one visitor from another.
    """
    if request.method != "GET":
        return False
    headers = request.headers
    ahead = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')} {headers.get('X-Moz', '')}"
    # Every browser in which someone could write here names a destination; what names none is a crawler, or a preview of an advert.
    return "prefetch" not in ahead and headers.get("Sec-Fetch-Dest") == "document"
