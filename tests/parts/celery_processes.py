"""Celery's worker and beat as an installation runs them, on the test database and the run's Redis."""

import itertools
from pathlib import Path

import redis

from tests.parts.commands import command_of, surroundings
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.processes import Process


class Celery:
    """Worker processes, as many as a test starts, and a beat."""

    def __init__(self, installation: Installation, programmes: Path | None = None) -> None:
        self.installation = installation
        self.programmes = programmes
        self.workers: list[Process] = []
        self.beats: list[Process] = []
        self._numbers = itertools.count(1)

    def start(self) -> Process:
        """One more worker; returns when it waits for tasks."""
        worker = self.launch()
        worker.wait(self.all_wait)
        return worker

    def launch(self) -> Process:
        """The same, without waiting for it."""
        worker = self._process("worker", f"--hostname=worker{next(self._numbers)}@localhost")
        self.workers.append(worker)
        worker.start()
        return worker

    def beat(self) -> Process:
        """Beat, which sweeps every few seconds."""
        beat = self._process("beat")
        self.beats.append(beat)
        beat.start()
        return beat

    def kill(self) -> None:
        """kill -9 of every worker, children included."""
        for worker in self.workers:
            worker.kill()

    def restart(self) -> None:
        """The killed or stopped workers again."""
        ended = [worker for worker in self.workers if not worker.alive]
        for worker in ended:
            worker.start()
        for worker in ended:
            worker.wait(self.all_wait)

    def stop(self) -> None:
        for process in self.beats + self.workers:
            process.ask_to_stop()
        for process in self.beats + self.workers:
            process.stop()

    def logs(self) -> str:
        return "".join(process.log_text for process in self.workers + self.beats)

    def _process(self, service: str, *more: str) -> Process:
        log = self.installation.folder / "logs" / f"{service}{next(self._numbers)}.log"
        log.unlink(missing_ok=True)
        command = command_of(service, self.programmes)
        return Process(f"Celery's {service}", [*command, *more], log=log, environment=surroundings(self.installation), folder=REPOSITORY)

    def all_wait(self) -> bool:
        """Each living worker hangs on its queue: asked of Redis itself, so that this process keeps no connection of Celery's."""
        living = sum(worker.alive for worker in self.workers)
        try:
            with redis.Redis.from_url(self.installation.redis_url, socket_timeout=2) as client:
                return [row["cmd"] for row in client.client_list()].count("brpop") >= living
        except redis.RedisError:
            return False
