"""A hub that is asked to stop tells everyone when to come back, spread over ten seconds; one that is killed leaves nothing to mend."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from messaging.hub.frames import Kind, make_frame
from messaging.hub.tickets import Side
from tests.parts.environment import Installation
from tests.parts.hub import Hub, opened, seated, ticket
from tests.parts.redis_server import Redis

pytestmark = pytest.mark.redis
MANY = 40


def test_everyone_is_told_when_to_come_back_and_may(
    installation: Installation, redis_server: Redis, within: Callable[[Coroutine[Any, Any, None]], None]
) -> None:
    hub = Hub(installation, name="stopped-hub")
    hub.run()

    async def act() -> None:
        async with contextlib.AsyncExitStack() as stack:
            shown = [ticket(Side.PERSON, bytes([number])) for number in range(MANY)]
            everyone = [await stack.enter_async_context(seated(hub, each)) for each in shown]
            waiting = await stack.enter_async_context(opened(hub))
            hub.ask_to_stop()
            told = [int.from_bytes((await each.until(Kind.GO))[:2]) for each in everyone]
            assert {await each.code() for each in everyone} == {1001}
            # Within ten seconds, with a second to spare for the way, and not all at once.
            assert max(told) <= 9
            assert max(map(told.count, told)) <= MANY / 8 + 1
            assert await waiting.code() is not None
            await asyncio.to_thread(hub.stop)
            assert hub.ended_with == 0
            await asyncio.to_thread(hub.run)
            back = [await stack.enter_async_context(seated(hub, each)) for each in shown]
            await asyncio.gather(*(each.until(Kind.PULSE) for each in back))
            hub.kill()
            await asyncio.to_thread(hub.run)
            # The ticket is the same, and nothing of before is in the way.
            again = await stack.enter_async_context(opened(hub))
            await again.socket.send(make_frame(Kind.TICKET, shown[0]))
            assert (await again.frame())[0] == Kind.PULSE

    try:
        within(act())
    finally:
        hub.stop()
    assert "Traceback" not in hub.log_text, hub.log_text


def test_its_figures_are_sums_and_its_log_names_nobody(hub: Hub, within: Callable[[Coroutine[Any, Any, None]], None]) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.PERSON, b"a")), seated(hub, ticket(Side.COUNSELLOR, b"a")):
            text = hub.says("/metrics") or ""
        names = {line.partition(" ")[0].partition("{")[0] for line in text.splitlines() if not line.startswith("#")}
        known = {f"helpline_live_{name}" for name in ("sockets", "refused_total", "frames_total", "rings_total", "hears")}
        assert names <= known
        assert 'side="person"} 1.0' in text

    within(act())
    assert hub.log_text == ""
