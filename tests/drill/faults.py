"""What can go wrong: each fault begins, is held for some seconds, and ends."""

import random
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import pairwise

import redis

from config.beat import IDLE_SECONDS, LOOK_SECONDS
from helpline.clock import now
from messaging.models import Pulse
from messaging.monitoring.assess import LATE_TICK, LOST_TICK
from messaging.monitoring.watchdog import EVERY_SECONDS
from tests.drill.stack import PATIENCE, Stack, kill_and_start
from tests.parts.commands import compose
from tests.parts.mail import Mail
from tests.parts.processes import Process, wait_until
from tests.parts.redis_server import Redis

EACH_KILL_SECONDS = 10  # So often within its time a process is killed again.
SLOW_COMMIT = 100_000  # Microseconds, the most that Postgres takes.
STALL_EVERY, STALL = 5.0, 1.0  # Seconds.
MEGABYTE = 1 << 20


class Fault:
    """One, by the name that --faults knows it by."""

    kills = False

    def __init__(self, name: str, begin: Callable[[], object], end: Callable[[], object] = lambda: None) -> None:
        self.name, self.begin, self.end = name, begin, end

    def middle(self, held: float) -> None:
        """When half of `held`, all its seconds, is over."""

    def seen(self) -> str:
        """What else it showed, in a few words; after its end."""
        return ""

    def wrong(self, held: float) -> list[str]:
        """What it showed and should not have."""
        return []


class Kill(Fault):
    """kill -9, and what starts it again; as often as there is time for."""

    kills = True


class FullRedis(Fault):
    """Redis has as much memory as in docker-compose.yml, all of it is taken, and it refuses what is new."""

    def __init__(self, server: Redis) -> None:
        super().__init__("redis-full", self._fill, self._empty)
        self.server = server
        self.refused = False

    def _fill(self) -> None:
        [limit] = re.findall(r"--maxmemory (\w+)", " ".join(compose()["services"]["redis"]["command"]))
        with self.server.client() as client:
            client.config_set("maxmemory-policy", "noeviction")
            client.config_set("maxmemory", limit)
            with suppress(redis.OutOfMemoryError):
                for number in range(1024):
                    client.set(f"filling:{number}", bytes(MEGABYTE))
            # The buffers of connections come and go, this one's too: it has to stay full without them.
            client.config_set("maxmemory", int(client.info("memory")["used_memory"]) - 4 * MEGABYTE)

    def _empty(self) -> None:
        with self.server.client() as client:
            try:
                client.lpush("one-more", "")
            except redis.OutOfMemoryError:
                self.refused = True
            client.config_set("maxmemory", 0)
            client.delete("one-more", *client.scan_iter("filling:*", count=1000))

    def seen(self) -> str:
        return "Redis refused what is new" if self.refused else ""

    def wrong(self, held: float) -> list[str]:
        return [] if self.refused else ["Redis was not full"]


class SlowDisk(Fault):
    """Stands for a slow disk: each group of commits waits a tenth of a second for it (commit_delay, where fsync is on), and once in five
    seconds it stalls: for a second no process of Postgres does anything (SIGSTOP).
    """

    def __init__(self, stack: Stack) -> None:
        super().__init__("slow-disk", self._begin, self._end)
        self.stack, self.stalls = stack, 0
        self._over = threading.Event()

    def _begin(self) -> None:
        self._set(f"ALTER SYSTEM SET commit_delay = {SLOW_COMMIT}", "ALTER SYSTEM SET commit_siblings = 0")
        self._over.clear()
        self._thread = threading.Thread(target=self._stall, name="slow disk")
        self._thread.start()

    def _stall(self) -> None:
        while not self._over.is_set():
            with self.stack.postgres.halted():
                self.stalls += 1
                time.sleep(STALL)
            self._over.wait(STALL_EVERY - STALL)

    def _end(self) -> None:
        self._over.set()
        self._thread.join()
        self._set("ALTER SYSTEM RESET ALL")

    def _set(self, *statements: str) -> None:
        for statement in (*statements, "SELECT pg_reload_conf()"):
            self.stack.postgres.execute(statement)

    def seen(self) -> str:
        return f"{self.stalls} stalls"


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
            if any("clock is silent" in subject for subject in self.mail.subjects[self.before :]):
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


def faults_of(stack: Stack, mail: Mail | None, chance: random.Random) -> dict[str, Fault]:
    """All, in the order in which they are gone through: web processes judge no beat before they have been up for a while."""

    def one_of_the_workers() -> Process:
        return chance.choice(stack.celery.workers)

    def redis_again() -> None:
        stack.redis.kill()
        stack.redis.run()

    kills: list[tuple[str, Callable[[], object]]] = [
        ("web-process", stack.kill_web_process),
        ("web-server", stack.kill_web_server),
        ("proxy", stack.kill_proxy),
        ("worker", lambda: kill_and_start(one_of_the_workers())),
        ("worker-child", lambda: stack.kill_pool_process(one_of_the_workers())),
        ("beat", partial(_kill_beat, stack)),
        ("redis", redis_again),
        ("postgres", stack.kill_postgres),
    ]
    held = [
        FullRedis(stack.redis),
        SlowDisk(stack),
        TwoBeats(stack),
        BeatStopped(stack, mail),
        Fault("broker-cut", stack.redis.freeze, stack.redis.thaw),
    ]
    return {fault.name: fault for fault in (*(Kill(name, kill) for name, kill in kills), *held)}


def _kill_beat(stack: Stack) -> None:
    kill_and_start(stack.celery.beats[0])
