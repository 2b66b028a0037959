"""Problem documents: how an interface says that it refuses (RFC 9457)."""

from django.http import JsonResponse


def problem_document(name: str, status: int, title: str, detail: str, **extra: object) -> JsonResponse:
    """The document for one refusal; `name` is its type's, below /problems/."""
    body = {"type": f"/problems/{name}", "title": title, "status": status, "detail": detail, **extra}
    return JsonResponse(body, status=status, content_type="application/problem+json")
