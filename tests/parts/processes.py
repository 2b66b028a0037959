"""Programmes that a test runs: started with a log, waited for, killed or frozen in the middle, and never left behind."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from tests.parts.costs import TALLY

PATIENCE = 60.0  # How long a part may take to come up before the run says that it did not; nothing is measured by it.


def wait_until(ready: Callable[[], bool], what: str, *, patience: float = PATIENCE) -> None:
    """Returns as soon as `ready` says so.

    Raises:
        TimeoutError: it never did.
    """
    end = time.monotonic() + patience
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {patience:.0f} s")
        time.sleep(0.02)


def state_of(pid: int) -> str:
    """The system's letter for it: T for stopped, Z for ended and not yet asked for by its parent."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


class Process:
    """One programme and its log. `stop` asks and waits, `kill` is kill -9 of the programme and its children."""

    running: ClassVar[set["Process"]] = set()
    death_signal: ClassVar[str] = ""  # What it gets when this run is killed, if not what stops it.

    def __init__(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        log: Path,
        environment: dict[str, str] | None = None,
        folder: Path | None = None,
        user: str | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name = name
        self.arguments = list(arguments)
        self.log = log
        self.environment = environment
        self.folder = folder
        self.user = user
        self.stop_signal = stop_signal
        self._child: subprocess.Popen[bytes] | None = None
        self._asked = False

    @property
    def pid(self) -> int:
        assert self._child is not None, f"{self.name} was not started"
        return self._child.pid

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def ended_with(self) -> int | None:
        """Its exit code; None while it runs, negative where a signal ended it."""
        return None if self._child is None else self._child.poll()

    @property
    def log_text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def children(self) -> list[int]:
        """The pids of its own children, such as the processes of Celery's pool."""
        tasks = Path(f"/proc/{self.pid}/task")
        return [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]

    def start(self, ready: Callable[[], bool] | None = None) -> None:
        """Starts it and returns when it is ready.

        Raises:
            RuntimeError: it ended before; with its log's end.
            TimeoutError: it never became ready.
        """
        arguments = self.arguments
        if (setpriv := shutil.which("setpriv")) and threading.current_thread() is threading.main_thread():
            # A run that is itself killed leaves nothing behind: the system then ends this child (Linux, and only for the main thread's).
            death = self.death_signal or ("QUIT" if self.stop_signal is signal.SIGINT else "TERM")
            arguments = [setpriv, "--pdeathsig", death, "--", *arguments]
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd=self.folder,
                user=self.user,
                group=self.user and _group_of(self.user),
                extra_groups=[] if self.user else None,
                start_new_session=True,
            )
        TALLY["programmes"] += 1
        self._asked = False
        Process.running.add(self)
        if ready is not None:
            self.wait(ready)

    def wait(self, ready: Callable[[], bool]) -> None:
        """Returns when it is ready; raises as `start` does."""

        def ready_or_ended() -> bool:
            if not self.alive:
                raise RuntimeError(f"{self.name} ended before it was ready:\n{self.log_text[-3000:]}")
            return ready()

        try:
            wait_until(ready_or_ended, self.name)
        except TimeoutError:
            self.kill()
            raise TimeoutError(f"{self.name} is not ready after {PATIENCE:.0f} s:\n{self.log_text[-3000:]}") from None

    def ask_to_stop(self) -> None:
        """Awake, if it was frozen, it may begin to end. Once: a second signal would make some hurry."""
        if self._child is not None and self.alive and not self._asked:
            self._asked = True
            self.thaw()
            self._child.send_signal(self.stop_signal)

    def stop(self) -> None:
        """Asks it to end, waits, and ends it for good if it does not listen."""
        if self._child is not None and self.alive:
            self.ask_to_stop()
            try:
                self._child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()
        Process.running.discard(self)

    def kill(self) -> None:
        """kill -9 of its whole process group, which is its own."""
        if self._child is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        Process.running.discard(self)

    def freeze(self) -> None:
        """It stays connected and answers nothing."""
        os.killpg(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.killpg(self.pid, signal.SIGCONT)


def descendants_of(mark: str) -> list[int]:
    """What was started with the mark in its command, and every process that it started."""
    parents: dict[int, int] = {}
    found: list[int] = []
    for each in Path("/proc").glob("[0-9]*"):
        # Others end while this looks.
        with contextlib.suppress(OSError):
            parents[int(each.name)] = int((each / "stat").read_text().rpartition(")")[2].split()[1])
            if mark.encode() in (each / "cmdline").read_bytes().split(b"\0"):
                found.append(int(each.name))
    for process in found:
        found += [child for child, parent in parents.items() if parent == process and child not in found]
    return found


def stop_all() -> None:
    """Ends whatever a test or an interrupted run left running."""
    processes = list(Process.running)
    for process in processes:
        process.ask_to_stop()
    for process in processes:
        process.stop()


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid
