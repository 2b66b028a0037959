"""The site and the hub at one address, as the proxy has them, in this very process: what rings in a test is heard."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from config.hub import HubServer, serving
from helpline.web.installation_script import CLIENT_PATH
from messaging.hub.rings import live_key, rings
from messaging.hub.sockets import Hub


def _application() -> Callable[[Any, Any], Iterable[bytes]]:
    """Django's, whose connections to the database end with each answer: the test's own tables are emptied afterwards."""
    # The built client is found when it is made.
    django = WhiteNoise(get_wsgi_application(), root=settings.CLIENT_BUILD, prefix=CLIENT_PATH)
    # The tab's icon, which a browser with windows asks for.
    django.add_files(str(settings.BASE_DIR / "helpline" / "static"), prefix=settings.STATIC_URL)

    def answer(environment: Any, start_response: Any) -> Iterable[bytes]:
        said = django(environment, start_response)
        try:
            return [b"".join(said)]
        finally:
            if hasattr(said, "close"):
                said.close()
            connections.close_all()

    return answer


class LiveFront:
    """Serves `origin`, a port of the loopback, until `stop`. The hub can be killed, and come back; the site goes on."""

    def __init__(self, origin: str) -> None:
        self.origin, port = origin, int(origin.rpartition(":")[2])

        async def serve(scope: Any, receive: Any, send: Any) -> None:
            await self._serve(scope, receive, send)

        self._sockets: set[asyncio.Task[None]] = set()
        self._hub: Hub | None = None
        self._site = WSGIMiddleware(_application(), workers=4)
        self._server = HubServer(serving(serve, host="127.0.0.1", port=port), self.bring_hub_back())
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def _run(self) -> None:
        async def run() -> None:
            self._loop = asyncio.get_running_loop()
            await self._server.serve()

        asyncio.run(run())

    def bring_hub_back(self) -> Hub:
        """A new one, which knows nobody."""
        hub = self._hub = Hub(live_key(), most=20)
        hub.hears = True
        rings.inside = lambda room: self._loop.call_soon_threadsafe(hub.ring, room)
        return hub

    def kill_hub(self) -> None:
        """Every socket ends without a word, and nothing that rings is heard."""
        rings.inside = self._hub = None
        self._loop.call_soon_threadsafe(lambda: [task.cancel() for task in self._sockets])

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self._site(scope, receive, send)
            return
        task = asyncio.current_task()
        if task is None or self._hub is None:
            await receive()
            await send({"type": "websocket.close"})
            return
        self._sockets.add(task)
        try:
            await self._hub(scope, receive, send)
        except asyncio.CancelledError:
            await send({"type": "websocket.close", "code": 1012})
        finally:
            self._sockets.discard(task)

    def stop(self) -> None:
        rings.inside = None
        self._server.should_exit = True
        self._thread.join()
