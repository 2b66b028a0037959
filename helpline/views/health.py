"""What a container's health check asks: does this process live, and could it take a message? The proxy lets nobody outside ask."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

WELL, DEGRADED, DOWN = "well", "degraded", "down"


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 while this process answers at all; nothing else is asked."""
    return JsonResponse({"live": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when a message would be kept, else 503. Without the broker it would, and routing finds it later: degraded, but ready."""
    if not _database_answers():
        return JsonResponse({"ready": False, "database": DOWN}, status=503)
    return JsonResponse({"ready": True, "database": WELL, "broker": WELL if _broker_answers() else DEGRADED})


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return False
    return True


def _broker_answers() -> bool:
    """Within about a second; the broker in memory is part of this process."""
    address = str(settings.CELERY_BROKER_URL)
    if address.startswith("memory:"):
        return True
    once: dict[str, Any] = {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 0)}
    try:
        with Redis.from_url(address, **once) as broker:
            return bool(broker.ping())
    except RedisError:
        return False
