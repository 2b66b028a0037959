"""An installation's parts, the kills they can meet, and what docker-compose.yml's `restart: unless-stopped` does for them."""

import os
import random
import signal
from dataclasses import dataclass, field

from django.db import connection

from helpline.clock import now
from messaging.desk.assignment import give_back_conversation
from messaging.models import Conversation
from tests.parts.celery_processes import Celery
from tests.parts.hub import Hub
from tests.parts.postgres import Postgres
from tests.parts.processes import Process, wait_until
from tests.parts.proxy import Proxy
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer

# A machine that does much else may take its time; a drill goes on as soon as there is something to go on with.
PATIENCE = 180.0


@dataclass
class Stack:
    """The parts; `restarted` names those that ended by themselves and were started again."""

    web: WebServer
    celery: Celery
    redis: Redis
    postgres: Postgres
    proxy: Proxy | None = None
    hub: Hub | None = None
    desk: WebServer | None = None
    restarted: list[str] = field(default_factory=list)

    def kill_web_process(self) -> None:
        """One of gunicorn's processes; its master starts another."""
        os.kill(self.web.children()[0], signal.SIGKILL)

    def kill_web_server(self) -> None:
        """Gunicorn itself, and then the processes that it leaves behind: nothing outlives a container, or a unit of systemd, either."""
        _kill_server(self.web)

    def kill_desk_server(self) -> None:
        """The same of the web processes that are staff's own."""
        assert self.desk is not None
        _kill_server(self.desk)

    def kill_hub(self) -> None:
        """It comes back, and knows nobody."""
        assert self.hub is not None
        self.hub.kill()
        self.hub.run()

    def kill_proxy(self) -> None:
        assert self.proxy is not None
        self.proxy.kill()
        self.proxy.run()

    def kill_pool_process(self, worker: Process) -> None:
        """One of the processes in which a worker does its tasks; the worker starts another."""
        wait_until(lambda: bool(worker.children()), "the worker has its processes", patience=PATIENCE)
        os.kill(worker.children()[0], signal.SIGKILL)

    def kill_postgres(self) -> None:
        """The whole server; it recovers from its log. This process's own connection is gone with it."""
        self.postgres.kill()
        self.postgres.run()
        connection.close()

    def supervise(self) -> None:
        """Starts again what has ended by itself, as the containers' restart policy does."""
        for process in (self.web, self.desk, self.hub, self.proxy, *self.celery.workers, *self.celery.beats):
            if process is not None and not process.alive:
                process.start()
                self.restarted.append(process.name)


def _kill_server(server: WebServer) -> None:
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not server.alive, "gunicorn is gone")
    server.kill()
    server.run()


def kill_and_start(process: Process) -> None:
    """kill -9 of it and its children; it comes back in its own time."""
    process.kill()
    process.start()


def gives_back(count: int, chance: random.Random) -> None:
    """Counsellors give so many of the newest conversations back, for routing to move them to somebody else."""
    assigned = Conversation.objects.filter(state=Conversation.State.ASSIGNED, talk=None)
    held = list(assigned.select_related("member").order_by("-pk")[:100])
    for thread in chance.sample(held, min(count, len(held))):
        assert thread.member is not None
        give_back_conversation(thread.member, thread.conversation_id, at=now())
