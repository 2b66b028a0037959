"""Runs web server, Celery worker and beat inside this process, until a signal says stop."""

import signal
import socket
import threading
from collections.abc import Callable
from typing import NoReturn

from celery import Celery
from celery.beat import Scheduler, Service
from waitress.server import create_server

THREADS = 8
LOOPBACK = "127.0.0.1"


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


def demand_free_port(port: int) -> None:
    """Raises OSError when something else listens there, or this user may not: asked before anything is made that could not be served."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the web server asks: an address that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))


def serve_demo(application: Callable[..., object], celery: Celery, port: int, when_ready: Callable[[], None]) -> None:
    """Serves on loopback until SIGINT or SIGTERM, then stops everything in turn.

    Raises:
        OSError: the port is taken.
        TimeoutError: the worker did not start.
    """
    # Waitress names itself in a header unless told not to; clear_untrusted_proxy_headers is its default.
    web = create_server(application, host=LOOPBACK, port=port, threads=THREADS, ident=None)
    background = DemoBackground(celery)
    try:
        background.start()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _end)
        when_ready()
        # It listens already. Only the thread that waits for requests can end the waiting without a broken socket, so it is this one.
        web.run()
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        web.close()
        background.stop()


def _end(*_: object) -> NoReturn:
    """Waitress finishes what it was asked, and returns."""
    raise SystemExit
