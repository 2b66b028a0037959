"""One hub a module, which hurries tenfold, and clients on one event loop a test."""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.parts.environment import Installation
from tests.parts.hub import Hub
from tests.parts.redis_server import Redis

TENFOLD = "beat=.2, bell=1, bell_gap=.1, ticket=.5, silence=1.5, bell_silence=3.5, haste=.1"


@pytest.fixture(scope="module")
def hub(installation: Installation, running_redis: Redis) -> Generator[Hub]:
    hub = Hub(installation, pace=TENFOLD, HELPLINE_LIVE_SOCKETS="12")
    hub.run()
    yield hub
    hub.stop()
    assert "Traceback" not in hub.log_text, hub.log_text


@pytest.fixture
def within() -> Callable[[Coroutine[Any, Any, None]], None]:
    """Runs it; fails when it has not ended after a minute."""

    def run(act: Coroutine[Any, Any, None]) -> None:
        # In a thread: a browser that another test opened has a loop of its own in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(asyncio.wait_for(act, 60))).result()

    return run
