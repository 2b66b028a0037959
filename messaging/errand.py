"""Something that a process does beside its requests, in a thread of its own: soon after it is wanted, and never so that a request waits."""

import os
import threading
from collections.abc import Callable

QUIET_SECONDS = 5.0


class Errand:
    """Calls `act` once for however often it was wanted meanwhile, with a pause of so many seconds after each time.

    When `act` fails, `failed` is called with the error, once until it succeeds again, and the thread is quiet for a while. The thread is
    begun when first wanted, and anew in a forked process, where a parent's thread does not live.
    """

    def __init__(self, name: str, act: Callable[[], object], *, pause: float, failed: Callable[[Exception], object]) -> None:
        self._name, self._act, self._pause, self._failed = name, act, pause, failed
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        # A lock or an event that was held when the process forked would stay held for ever.
        self._lock, self._wanted, self._running = threading.Lock(), threading.Event(), False

    def want(self) -> None:
        """Returns at once, whatever becomes of it."""
        self._wanted.set()
        if not self._running:
            with self._lock:
                if not self._running:
                    threading.Thread(target=self._run, args=(self._wanted,), name=self._name, daemon=True).start()
                    self._running = True

    def _run(self, wanted: threading.Event) -> None:
        failing = False
        while wanted.wait():
            # Cleared before the act: whatever comes from here on sets it again.
            wanted.clear()
            try:
                self._act()
            except Exception as error:  # noqa: BLE001 - whatever it needs may be away; the next time finds it back
                if not failing:
                    self._failed(error)
                failing = True
                threading.Event().wait(QUIET_SECONDS)
            else:
                failing = False
                threading.Event().wait(self._pause)
