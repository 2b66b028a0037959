"""The Celery application: `celery -A config.celery worker` and `… beat`."""

import os
from collections.abc import Callable
from typing import Any

from celery import Celery
from django.conf import settings
from kombu.transport.redis import Channel
from redis.exceptions import ConnectionError  # noqa: A004 - the one that kombu knows

from config.refusals import end_when_refused

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
with end_when_refused():
    _ = settings.MODE  # Read now: later Celery would wrap what is wrong in a traceback.

# kombu 5.7 looks for Redis's address in a connection that is closed, when a worker lost Redis with a task in hand; the worker ends of that.
# Told that the connection is gone, kombu and Celery do what they do of any connection that is gone: they make another.
_address_of: Callable[..., Any] = Channel._connparams  # noqa: SLF001


def _address_while_there_is_one(channel: Any, *arguments: Any, **options: Any) -> Any:
    if getattr(channel.connection, "client", None) is None:
        raise ConnectionError("The connection to the broker is gone.")
    return _address_of(channel, *arguments, **options)


Channel._connparams = _address_while_there_is_one  # type: ignore[assignment,method-assign]  # noqa: SLF001

app = Celery("helpline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["helpline", "messaging"])
app.set_default()
