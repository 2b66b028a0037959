"""Faults of the clock that gives out tasks: it stands still, or there are two."""

import threading
import time
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import redis

from config.beat import IDLE_SECONDS, LOOK_SECONDS
from helpline.clock import now
from messaging.models import Pulse
from messaging.monitoring.assess_parts import LATE_TICK, LOST_TICK
from messaging.monitoring.watchdog import EVERY_SECONDS
from tests.drill.fault import Fault
from tests.drill.stack import PATIENCE, Stack
from tests.parts.mail import Mail
from tests.parts.processes import Process, wait_until


class BeatStopped(Fault):
    """Beat stands still; after a while the web processes notice, and send an email."""

    def __init__(self, stack: Stack, mail: Mail | None) -> None:
        super().__init__("beat-stopped", self._begin, stack.celery.beats[0].thaw)
        self.stack, self.mail = stack, mail
        self.told: float | None = None

    def _begin(self) -> None:
        # A beat that was killed before may still be on its way: the alarm is to be about this silence.
        wait_until(self._ticks, "beat ticks", patience=PATIENCE)
        self.stack.celery.beats[0].freeze()
        self.begun, self.before = time.monotonic(), len(self.mail.subjects) if self.mail else 0
        threading.Thread(target=self._listen, name="alarm", daemon=True).start()

    @staticmethod
    def _ticks() -> bool:
        return Pulse.objects.filter(at__gt=now() - timedelta(seconds=LATE_TICK / 4)).exists()

    def _listen(self) -> None:
        while self.mail and self.told is None and time.monotonic() - self.begun < 2 * LOST_TICK:
            if any("clock has stopped" in subject for subject in self.mail.subjects[self.before :]):
                self.told = time.monotonic() - self.begun
            time.sleep(0.1)

    def seen(self) -> str:
        return f"alarm by email after {self.told:.0f} s" if self.told else ""

    def wrong(self, held: float) -> list[str]:
        late = self.mail is not None and self.told is None and held > LOST_TICK + EVERY_SECONDS
        return ["nobody was told that beat is silent"] if late else []


class TwoBeats(Fault):
    """A second beat is started; half-time, where there is time for it, the one that acts stands still, and the other goes on."""

    SWEEP = 5.0

    def __init__(self, stack: Stack) -> None:
        super().__init__("two-beats", self._begin, self._end)
        self.stack, self.sweeps, self.froze = stack, list[float](), False

    def _begin(self) -> None:
        self.begun = time.monotonic()
        self.second: Process = self.stack.celery.beat()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._count, name="sweeps")
        self._thread.start()

    def _count(self) -> None:
        """When a sweep was asked for, by what Redis is told."""
        with self.stack.redis.client() as client, client.monitor() as told:
            client.connection_pool.connection_kwargs["socket_timeout"] = None
            while not self._over.is_set():
                with suppress(redis.TimeoutError):
                    said = str(told.next_command()["command"])
                    if said.startswith("LPUSH celery") and '"messaging.sweep"' in said.replace("\\", ""):
                        self.sweeps.append(time.monotonic())

    def middle(self, held: float) -> None:
        if held / 2 > IDLE_SECONDS + LOOK_SECONDS + 2 * self.SWEEP:
            self.froze = True
            self.stack.celery.beats[0].freeze()

    def _end(self) -> None:
        self.ended = time.monotonic()
        self._over.set()
        self._thread.join()
        self.stack.celery.beats[0].thaw()
        self.stack.celery.beats.remove(self.second)
        self.second.stop()

    @property
    def longest(self) -> float:
        """Seconds from one sweep to the next, at most."""
        moments = [self.begun, *self.sweeps, self.ended]
        return max(after - before for before, after in pairwise(moments))

    def seen(self) -> str:
        frozen = "; the acting one frozen: the other after " + f"{self.longest:.0f} s" if self.froze else ""
        return f"{len(self.sweeps)} sweeps in {self.ended - self.begun:.0f} s{frozen}"

    def wrong(self, held: float) -> list[str]:
        found = []
        if len(self.sweeps) > (self.ended - self.begun) / self.SWEEP + 2:
            found.append("two beats acted")
        if self.froze and self.longest > IDLE_SECONDS + LOOK_SECONDS + 2 * self.SWEEP:
            found.append("no beat went on for the frozen one")
        return found
