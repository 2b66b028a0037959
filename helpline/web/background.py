"""Runs a function on a background thread soon after it is requested. No request waits for it."""

import os
import threading
from collections.abc import Callable

QUIET_SECONDS = 5.0


def no_delay() -> float:
    """No delay, in seconds."""
    return 0.0


class BackgroundJob:
    """Coalesces requests: calls `act` at most once per `pause` seconds, however often it was requested.

    `delay` gives the seconds that pass between a request and the call. When `act` fails, `failed` gets the error, once until `act`
    succeeds again, and the thread waits for a while. The thread starts with the first request, and again in a forked process, where a
    parent's thread does not live. Where no thread can start, because the process is ending, the next request tries again.
    """

    def __init__(
        self,
        name: str,
        act: Callable[[], object],
        *,
        failed: Callable[[Exception], object],
        pause: float = 0.0,
        delay: Callable[[], float] = no_delay,
    ) -> None:
        self._name, self._act, self._failed, self._pause, self._delay = name, act, failed, pause, delay
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        # A lock or an event that was held when the process forked would stay held for ever.
        self._lock, self._wanted, self._running = threading.Lock(), threading.Event(), False

    def request(self) -> None:
        """Returns at once, whatever becomes of the call."""
        self._wanted.set()
        if not self._running:
            with self._lock:
                if not self._running:
                    self._start()

    def _start(self) -> None:
        try:
            threading.Thread(target=self._run, args=(self._wanted,), name=self._name, daemon=True).start()
        except RuntimeError:
            return
        self._running = True

    def _run(self, wanted: threading.Event) -> None:
        failing = False
        while wanted.wait():
            _wait(self._delay())
            # Cleared before the call: a request that comes from here on is another one.
            wanted.clear()
            try:
                self._act()
            except Exception as error:  # noqa: BLE001 - whatever it needs may be away; a later request finds it back
                if not failing:
                    self._failed(error)
                failing = True
                _wait(QUIET_SECONDS)
            else:
                failing = False
                _wait(self._pause)


def _wait(seconds: float) -> None:
    if seconds:
        threading.Event().wait(seconds)
