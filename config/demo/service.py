"""Runs web server, hub, Celery worker and beat inside this process, until a signal says stop."""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

from a2wsgi import WSGIMiddleware
from celery import Celery
from celery.beat import Scheduler, Service
from django.conf import settings

from config.demo.start import LOOPBACK
from config.hub import HubServer, serving
from messaging.hub.rings import rings
from messaging.hub.sockets import Hub

THREADS = 8
SOCKETS = 200


class DemoBackground:
    """Celery's worker (one solo thread) and beat, on the broker in memory."""

    def __init__(self, app: Celery) -> None:
        ready = threading.Event()
        self._ready = ready
        self._worker = app.WorkController(
            pool="solo",
            concurrency=1,
            loglevel="ERROR",
            ready_callback=lambda _consumer: ready.set(),
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        # Beat's ordinary scheduler keeps a file; a few periodic tasks need none.
        self._beat = Service(app, max_interval=1, scheduler_cls=Scheduler)
        self._threads = [
            threading.Thread(target=self._worker.start, name="worker", daemon=True),
            threading.Thread(target=self._beat.start, name="beat", daemon=True),
        ]

    def start(self) -> None:
        """Raises TimeoutError when the worker is not ready within 20 seconds."""
        for thread in self._threads:
            thread.start()
        if not self._ready.wait(timeout=20):
            raise TimeoutError("The worker did not start within 20 seconds.")

    def stop(self) -> None:
        self._beat.stop(wait=True)
        self._worker.stop()
        for thread in self._threads:
            thread.join(timeout=5)


class DemoFront:
    """The whole site at one address, as the proxy has it: the hub below /live/, everything else by the web application's threads."""

    def __init__(self, application: Callable[..., Any], hub: Hub) -> None:
        self._web, self._hub = WSGIMiddleware(application, workers=THREADS), hub

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await self._hub(scope, receive, send)
        else:
            await self._web(scope, receive, send)


def serve_demo(application: Callable[..., Any], celery: Celery, port: int, when_ready: Callable[[], None]) -> None:
    """Serves on loopback until SIGINT or SIGTERM, then stops everything in turn.

    Raises:
        OSError: the port is taken.
        TimeoutError: the worker did not start.
    """
    listener = socket.create_server((LOOPBACK, port))
    background = DemoBackground(celery)
    try:
        background.start()
        asyncio.run(_serve(application, listener, when_ready))
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        listener.close()
        background.stop()


async def _serve(application: Callable[..., Any], listener: socket.socket, when_ready: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    hub = Hub(str(settings.LIVE_KEY).encode(), most=SOCKETS)
    hub.hears = True
    server = HubServer(serving(DemoFront(application, hub)), hub)
    rings.inside = lambda room: loop.call_soon_threadsafe(hub.ring, room)
    try:
        # The signals are heard from here on, and it listens already.
        loop.call_later(0, when_ready)
        await server.serve(sockets=[listener])
    finally:
        rings.inside = None
