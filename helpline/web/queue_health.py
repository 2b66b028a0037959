"""The queue of tasks, seen from outside Celery."""

from typing import Any

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry


def broker_answers() -> bool:
    """Whether it can be reached; known within about a second. The broker in memory is part of this process."""
    address = str(settings.CELERY_BROKER_URL)
    if address.startswith("memory:"):
        return True
    once: dict[str, Any] = {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 0)}
    try:
        with Redis.from_url(address, **once) as broker:
            return bool(broker.ping())
    except RedisError:
        return False
