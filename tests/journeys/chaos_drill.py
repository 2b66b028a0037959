"""Kills one process after the other with kill -9, each when so many more messages were sent, and starts it again."""

import os
import signal
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice

from django.db import connection

from helpline.clock import now
from messaging.models import Conversation
from messaging.operations.release import release
from tests.journeys.chaos_writers import Crowd
from tests.parts.celery_processes import Celery
from tests.parts.postgres import Postgres
from tests.parts.processes import Process, wait_until
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer

# A machine that does much else may take its time; the drill goes on as soon as there is something to go on with.
PATIENCE = 180.0


class Drill:
    """The processes of an installation, and in `killed` what became of them, in order."""

    def __init__(self, web: WebServer, celery: Celery, beat: Process, redis: Redis, postgres: Postgres) -> None:
        self.web, self.celery, self.beat, self.redis, self.postgres = web, celery, beat, redis, postgres
        self.killed: list[str] = []

    def run(self, crowd: Crowd, *, pace: int, turns: int) -> None:
        """So many kills, one each time that `pace` more messages were taken."""
        workers = cycle(self.celery.workers)
        victims: list[Callable[[], None]] = [
            self._web_worker,
            lambda: self._celery_worker(next(workers)),
            self._redis_dies,
            self._redis_comes_back_empty,
            self._web_server,
            lambda: self._pool_process(next(workers)),
            self._beat,
            self._postgres,
        ]
        for turn, kill in enumerate(islice(cycle(victims), turns), start=1):
            goal = turn * pace
            wait_until(partial(crowd.has_sent, goal), f"{goal} messages are sent", patience=PATIENCE)
            kill()
            self._desk_gives_back()

    def bring_back(self) -> None:
        """Everything runs again."""
        if not self.redis.alive:
            self.redis.run()
        for process in (*self.celery.workers, self.beat):
            if not process.alive:
                process.start()

    def _killed(self, what: str) -> None:
        self.killed.append(what)

    def _web_worker(self) -> None:
        """One of gunicorn's processes; its master starts another."""
        os.kill(self.web.children()[0], signal.SIGKILL)
        self._killed("a web process")

    def _web_server(self) -> None:
        """Gunicorn itself, and then the processes that it leaves behind: nothing outlives a container, or a unit of systemd, either."""
        os.kill(self.web.pid, signal.SIGKILL)
        wait_until(lambda: not self.web.alive, "gunicorn is gone")
        self.web.kill()
        self.web.run()
        self._killed("the web server")

    def _celery_worker(self, worker: Process) -> None:
        worker.kill()
        worker.start()
        self._killed("a worker")

    def _pool_process(self, worker: Process) -> None:
        """One of the processes in which a worker does its tasks; the worker starts another."""
        wait_until(lambda: bool(worker.children()), "the worker has its processes", patience=PATIENCE)
        os.kill(worker.children()[0], signal.SIGKILL)
        self._killed("a worker's process")

    def _redis_dies(self) -> None:
        self.redis.kill()
        self._killed("Redis")

    def _redis_comes_back_empty(self) -> None:
        self.redis.run()

    def _beat(self) -> None:
        self.beat.kill()
        self.beat.start()
        self._killed("beat")

    def _postgres(self) -> None:
        """The whole server; it recovers from its log. This process's own connection is gone with it."""
        self.postgres.kill()
        self.postgres.run()
        connection.close()
        self._killed("Postgres")

    @staticmethod
    def _desk_gives_back() -> None:
        """Meanwhile counsellors give some conversations back, for routing to move them to somebody else."""
        for thread in Conversation.objects.filter(state=Conversation.State.ASSIGNED).select_related("member").order_by("?")[:3]:
            assert thread.member is not None
            release(thread.member, thread.conversation_id, at=now())
