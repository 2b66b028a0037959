"""The hub's process: `python -m config.hub`. It reads its own few variables, and knows no database."""

import asyncio
import contextlib
import logging
from typing import Any

import uvicorn

from config import environment
from config.refusals import end_when_refused, gather_refusals
from messaging.hub.listening import hear_rings
from messaging.hub.pace import Pace
from messaging.hub.sockets import Hub

LARGEST = 4_096  # A frame has 257 bytes; one that is longer is refused as it should be, and one far longer is not read.


class HubServer(uvicorn.Server):
    """Before it stops, everyone is told when to come back."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    def handle_exit(self, sig: int, frame: Any) -> None:
        self.should_exit = True

    async def shutdown(self, sockets: Any = None) -> None:
        for server in self.servers:
            server.close()
        await self._hub.say_goodbye()
        await super().shutdown(sockets)


def serving(application: Any, **more: Any) -> uvicorn.Config:
    """How uvicorn serves: no access log, no name of its own, nothing of a proxy believed, nothing compressed or sent between beats."""
    return uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        lifespan="off",
        http="h11",
        loop="asyncio",
        ws="websockets-sansio",
        ws_max_size=LARGEST,
        ws_ping_interval=None,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=5,
        **more,
    )


async def serve_hub(hub: Hub, host: str, port: int, redis: str) -> None:
    """Until SIGTERM or SIGINT."""
    hearing = asyncio.create_task(hear_rings(hub, redis))
    await HubServer(serving(hub, host=host, port=port), hub).serve()
    hearing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await hearing


def run_hub(pace: Pace | None = None) -> None:
    """Reads the environment, then serves. What is wrong there ends the process, with a sentence for each."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    with end_when_refused(), gather_refusals():
        key = environment.env_bearer("HELPLINE_LIVE_KEY")
        redis = environment.env_redis("HELPLINE_REDIS_URL")
        most = environment.env_whole_number("HELPLINE_LIVE_SOCKETS", 2_000, 4, 50_000)
        token = environment.env_bearer("HELPLINE_METRICS_TOKEN")
        host, _, port = environment.env_text("HELPLINE_BIND", "127.0.0.1:8000").rpartition(":")
    asyncio.run(serve_hub(Hub(key.encode(), most=most, metrics_token=token, pace=pace), host, int(port), redis))


if __name__ == "__main__":
    run_hub()
