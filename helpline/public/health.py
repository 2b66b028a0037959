"""What a container's health check asks: does this process live, and could it take a message? The proxy lets nobody outside ask."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from helpline.web.queue_health import broker_answers

WELL, DEGRADED, DOWN = "well", "degraded", "down"


@require_safe
def health_live_view(request: HttpRequest) -> JsonResponse:
    """200 while this process answers at all; nothing else is asked."""
    return JsonResponse({"live": True})


@require_safe
def health_ready_view(request: HttpRequest) -> JsonResponse:
    """200 when a message would be kept, else 503. Without the broker it would, and routing finds it later: degraded, but ready."""
    if not _database_answers():
        return JsonResponse({"ready": False, "database": DOWN}, status=503)
    return JsonResponse({"ready": True, "database": WELL, "broker": WELL if broker_answers() else DEGRADED})


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return False
    return True
