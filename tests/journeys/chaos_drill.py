"""Kills one process after the other with kill -9, each when so many more messages were sent, and starts it again."""

import random
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice

from tests.drill.stack import PATIENCE, Stack, gives_back, kill_and_start
from tests.journeys.chaos_writers import Crowd
from tests.parts.processes import wait_until


class Drill:
    """An installation, and in `killed` what became of its processes, in order."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.killed: list[str] = []

    def run(self, crowd: Crowd, *, pace: int, turns: int) -> None:
        """So many kills, one each time that `pace` more messages were taken."""
        stack, workers = self.stack, cycle(self.stack.celery.workers)
        victims: list[tuple[str, Callable[[], None]]] = [
            ("a web process", stack.kill_web_process),
            ("a worker", lambda: kill_and_start(next(workers))),
            ("Redis", stack.redis.kill),
            ("", stack.redis.run),  # It comes back, empty.
            ("the web server", stack.kill_web_server),
            ("a worker's process", lambda: stack.kill_pool_process(next(workers))),
            ("beat", lambda: kill_and_start(stack.celery.beats[0])),
            ("Postgres", stack.kill_postgres),
        ]
        chance = random.Random()  # noqa: S311 - anybody will do
        for turn, (name, kill) in enumerate(islice(cycle(victims), turns), start=1):
            goal = turn * pace
            wait_until(partial(crowd.has_sent, goal), f"{goal} messages are sent", patience=PATIENCE)
            kill()
            self.killed += [name] * bool(name)
            gives_back(3, chance)

    def bring_back(self) -> None:
        """Everything runs again."""
        if not self.stack.redis.alive:
            self.stack.redis.run()
        self.stack.supervise()
