"""Redis is killed while a worker has a task in hand: the worker goes on living, and works again once Redis is back, empty."""

import os
import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from helpline.clock import now
from messaging.keys.desk_epochs import desk_public_keys as desk_answer
from messaging.models import Conversation, DeskMember
from messaging.protocol.days import day_of
from messaging.protocol.peer import check_desk
from tests.journeys.chaos_writers import Line, gather_writers, signed_first
from tests.parts.celery_processes import Celery
from tests.parts.environment import Installation
from tests.parts.processes import Process, wait_until
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer
from tests.world.staff import People

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
        return cursor.fetchone() is not None


@dataclass
class Stage:
    """A worker, Redis, and people who write."""

    worker: Process
    celery: Celery
    redis: Redis
    line: Line
    bodies: Iterator[bytes]

    def write(self) -> None:
        """One message is accepted, and its nudge goes to the worker."""
        status, _ = self.line.ask("POST", "messages", next(self.bodies), "")
        assert status == 201

    def all_assigned(self) -> bool:
        return not Conversation.objects.exclude(state="assigned").exists()

    def has_noticed(self) -> bool:
        return not self.worker.alive or "Connection to broker lost" in self.worker.log_text

    def works_again(self) -> None:
        """Back at its empty queue, the same process does what a new message wakes it for."""
        wait_until(self.celery.all_wait, "the worker waits for tasks again")
        self.write()
        wait_until(self.all_assigned, "the conversations are given to somebody")
        assert self.worker.alive
        assert "Unrecoverable" not in self.worker.log_text


@pytest.fixture
def stage(
    people: People, web_server: WebServer, celery_worker: Celery, redis_server: Redis, installation: Installation
) -> Generator[Stage]:
    desk = check_desk(people.site, desk_answer(at=now(), conversation_limit=50), day_of(now()))
    writers = gather_writers(people.site, desk, count=4, going_on=0, leaving=0)
    line = Line(installation.web_port)
    yield Stage(celery_worker.workers[0], celery_worker, redis_server, line, iter([signed_first(writer) for writer in writers]))
    line.hang_up()


@contextmanager
def task_in_hand(stage: Stage) -> Iterator[None]:
    """Somebody has locked what routing locks, so that its task stays in the worker's hands."""
    with transaction.atomic():
        list(DeskMember.objects.select_for_update())
        stage.write()
        wait_until(somebody_waits_for_a_lock, "the worker has the task in hand")
        yield


@pytest.mark.logs_errors("the worker says that Redis is gone")
def test_redis_dies_while_a_task_is_in_hand(stage: Stage) -> None:
    with task_in_hand(stage):
        stage.redis.kill()
        wait_until(stage.has_noticed, "the worker has noticed")
        stage.redis.run()
    stage.works_again()


@pytest.mark.logs_errors("the worker says that Redis is gone")
@pytest.mark.night("by day Redis dies while a task is in hand")
def test_a_task_ends_before_the_worker_knows_that_redis_died(stage: Stage) -> None:
    with task_in_hand(stage):
        # The worker itself, not the processes in which it does its tasks.
        os.kill(stage.worker.pid, signal.SIGSTOP)
        stage.redis.kill()
    wait_until(stage.all_assigned, "the task is done")
    os.kill(stage.worker.pid, signal.SIGCONT)
    wait_until(stage.has_noticed, "the worker has noticed")
    stage.redis.run()
    stage.works_again()
