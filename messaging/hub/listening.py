"""Hears rings from Redis, for as long as the hub runs, and through each outage of Redis. PURE."""

import asyncio
import logging
import time

from redis.asyncio import Redis
from redis.exceptions import RedisError

from messaging.hub.sockets import Hub
from messaging.hub.tickets import ROOM

log = logging.getLogger(__name__)
CHANNEL = "helpline:live"
# Seconds: Redis is asked whether it is there after so many of silence, and is away after so many.
ASK, AWAY, AGAIN = 4.0, 9.0, 1.0
# While nothing is heard, pages look every so often, as they would without a hub.
UNTOLD = 5.0


async def hear_rings(hub: Hub, url: str) -> None:
    """Until it is cancelled. While Redis is away everyone looks every few seconds, and again when it is back."""
    told = 0.0
    while True:
        try:
            await _hear(hub, url)
        except (RedisError, OSError) as error:
            if hub.hears:
                log.warning("Redis is away (%s); pages ask without being told.", type(error).__name__)
            hub.hears = False
            if time.monotonic() - told >= UNTOLD:
                told = time.monotonic()
                hub.seats.ring_all()
        await asyncio.sleep(AGAIN)


async def _hear(hub: Hub, url: str) -> None:
    """Raises RedisError, OSError: the connection ended, or said nothing for too long."""
    # The hub's user in Redis may subscribe, and nothing else: no greeting, no name.
    client = Redis.from_url(url, socket_connect_timeout=2, protocol=2, lib_name=None, lib_version=None)
    async with client, client.pubsub() as channel:
        await channel.subscribe(CHANNEL)
        heard = time.monotonic()
        # One that was away already is not waited for as long.
        while time.monotonic() - heard < (AWAY if hub.hears else ASK):
            message = await channel.get_message(timeout=ASK)
            if message is None:
                await channel.ping()
                continue
            heard = time.monotonic()
            if message["type"] == "subscribe":
                hub.hears = True
                hub.seats.ring_all()
            elif message["type"] == "message" and len(message["data"]) == ROOM:
                hub.ring(message["data"])
        raise TimeoutError("Redis does not answer")
