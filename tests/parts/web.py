"""Gunicorn as an installation runs it, at the origin of the installation under test."""

import os
import signal
import urllib.error
import urllib.request
from pathlib import Path

from tests.parts.commands import command_of, surroundings
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.processes import Process, state_of, wait_until


def answers(origin: str) -> bool:
    """Whether a web server is there and says anything at all."""
    try:
        with urllib.request.urlopen(f"{origin}/api/v1/desk", timeout=5):  # noqa: S310 - the scheme is the installation's
            return True
    except urllib.error.HTTPError:
        return True
    except (urllib.error.URLError, OSError):
        return False


class WebServer(Process):
    """The web processes, or those for staff; `origin` is their address. Killed, they can be run again.

    To load everything takes a second of computing; gunicorn does that once and forks its workers. Between tests the workers are gone, the
    master sleeps, and no request is answered; for the next test it forks new ones. So a test's processes know nothing of any other test,
    unless they were left awake for it.
    """

    # Asleep it hears no SIGTERM.
    death_signal = "KILL"

    def __init__(
        self, installation: Installation, *, workers: int = 2, service: str = "web", programmes: Path | None = None, **more: str
    ) -> None:
        self.origin, self.workers = installation.origin, workers
        bind = f"127.0.0.1:{installation.web_port}"
        environment = surroundings(installation, HELPLINE_BIND=bind, HELPLINE_WEB_WORKERS=str(workers), **more)
        log = installation.folder / "logs" / f"{service}.log"
        log.unlink(missing_ok=True)
        super().__init__(
            f"the server “{service}”",
            command_of(service, programmes),
            log=log,
            environment=environment,
            folder=REPOSITORY,
            stop_signal=signal.SIGTERM,
        )

    def run(self) -> None:
        self.start(lambda: answers(self.origin))

    @property
    def awake(self) -> bool:
        """It answers, with as many workers as it began with."""
        if not self.alive or state_of(self.pid) in {"T", "Z"}:
            return False
        workers = self.children()
        return len(workers) == self.workers and all(state_of(worker) not in {"T", "Z"} for worker in workers)

    def begin(self) -> None:
        """Runs it, or wakes it: its processes are new, unless it is awake; its log is empty."""
        if self.awake:
            os.truncate(self.log, 0)
        elif self.alive:
            os.truncate(self.log, 0)
            os.kill(self.pid, signal.SIGCONT)
            self.wait(lambda: answers(self.origin))
        else:
            self.log.unlink(missing_ok=True)
            self.run()

    def rest(self) -> None:
        """Its workers end as they do when it is stopped; it sleeps. Nothing, if a test ended it."""
        if not self.alive:
            return
        self.thaw()
        os.kill(self.pid, signal.SIGSTOP)
        wait_until(lambda: state_of(self.pid) in {"T", "Z"}, "the web server sleeps")
        workers = self.children()
        for worker in workers:
            os.kill(worker, signal.SIGTERM)
        try:
            wait_until(lambda: all(state_of(worker) == "Z" for worker in workers), "the web server's workers ended", patience=15)
        except TimeoutError:
            self.kill()
