"""What counts as somebody's visit."""

from django.http import HttpRequest


def is_visit(request: HttpRequest) -> bool:
    """Somebody asked for a page to look at it: no question about headers alone, no browser that only thinks ahead, no part of a page.

    Nothing is read that could tell one visitor from another.
    """
    if request.method != "GET":
        return False
    headers = request.headers
    ahead = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')} {headers.get('X-Moz', '')}"
    # Browsers that do not name a destination are believed.
    return "prefetch" not in ahead and headers.get("Sec-Fetch-Dest", "document") == "document"
