"""The cache in Redis, as this service may lean on it: nothing that lies there can run, and nothing here fails while Redis is away.

What is cached are limits on guesses, who is here, and how much is asked. While Redis is away each process keeps these for itself, so limits
hold in each of them, and staff sign in.
"""

import json
import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
PAUSE_SECONDS = 5.0  # A Redis that hangs costs a second to ask: after a failure nobody asks it for so long.


class JsonSerializer:
    """Values as JSON. Django's own is pickle, with which anyone who can write to Redis could run code in every web process."""

    def dumps(self, value: Any) -> bytes | int:
        """Whole numbers as Redis counts them.

        Raises:
            TypeError: JSON has no such value.
        """
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        """What was put there; None for whatever is no JSON."""
        try:
            return json.loads(data)
        except ValueError:
            return None


class Forgiving(RedisCache):
    """Redis while it answers, else this process's own memory. It raises no RedisError."""

    away_until: ClassVar[float] = 0.0  # Of this process, whose threads each have a cache object of their own.

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._own: BaseCache = LocMemCache("while Redis is away", {**params, "OPTIONS": {}})

    def add(self, *arguments: Any, **named: Any) -> bool:
        return bool(self._either(super().add, self._own.add, *arguments, **named))

    def get(self, *arguments: Any, **named: Any) -> Any:
        return self._either(super().get, self._own.get, *arguments, **named)

    def set(self, *arguments: Any, **named: Any) -> None:
        self._either(super().set, self._own.set, *arguments, **named)

    def touch(self, *arguments: Any, **named: Any) -> bool:
        return bool(self._either(super().touch, self._own.touch, *arguments, **named))

    def delete(self, *arguments: Any, **named: Any) -> bool:
        return bool(self._either(super().delete, self._own.delete, *arguments, **named))

    def get_many(self, *arguments: Any, **named: Any) -> dict[str, Any]:
        found = self._either(super().get_many, self._own.get_many, *arguments, **named)
        return {key: value for key, value in found.items() if value is not None}

    def has_key(self, *arguments: Any, **named: Any) -> bool:
        return bool(self._either(super().has_key, self._own.has_key, *arguments, **named))

    def incr(self, *arguments: Any, **named: Any) -> int:
        return int(self._either(super().incr, self._own.incr, *arguments, **named))

    def set_many(self, *arguments: Any, **named: Any) -> list[Any]:
        return list(self._either(super().set_many, self._own.set_many, *arguments, **named))

    def delete_many(self, *arguments: Any, **named: Any) -> None:
        self._either(super().delete_many, self._own.delete_many, *arguments, **named)

    def clear(self) -> None:
        self._own.clear()
        self._either(super().clear, self._own.clear)

    def _either(self, there: Callable[..., Any], here: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        if time.monotonic() >= Forgiving.away_until:
            try:
                return there(*arguments, **named)
            except RedisError as error:
                Forgiving.away_until = time.monotonic() + PAUSE_SECONDS
                log.warning("Redis is away (%s): limits on guesses are kept by each process until it is back.", type(error).__name__)
        return here(*arguments, **named)
