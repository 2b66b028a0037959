"""What can go wrong on the whole installation, by name."""

import random
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import redis

from tests.drill.beats import BeatStopped, TwoBeats
from tests.drill.fault import Fault, Kill
from tests.drill.stack import Stack, kill_and_start
from tests.parts.commands import compose
from tests.parts.mail import Mail
from tests.parts.processes import Process
from tests.parts.redis_server import Redis

SLOW_COMMIT = 100_000  # Microseconds, the most that Postgres takes.
STALL_EVERY, STALL = 5.0, 1.0  # Seconds.
MEGABYTE = 1 << 20


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
        ("desk-server", stack.kill_desk_server),
        ("proxy", stack.kill_proxy),
        ("hub", stack.kill_hub),
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
