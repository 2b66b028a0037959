"""Problem documents: how an interface says that it refuses (RFC 9457)."""

from django.http import JsonResponse

# Status and title of the refusals that the sign-in's middleware gives, before any view.
SECOND_FACTOR = (403, "Second factor missing")
NOT_HEARD = (403, "This is not yours to do")


def problem_document(name: str, status: int, title: str, detail: str, **extra: object) -> JsonResponse:
    """The document for one refusal; `name` is its type's, below /problems/."""
    body = {"type": f"/problems/{name}", "title": title, "status": status, "detail": detail, **extra}
    return JsonResponse(body, status=status, content_type="application/problem+json")
