"""A private Postgres for one run: in a temporary folder, on the loopback, with durability off for speed."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2

from tests.parts.environment import PASSWORD, Installation
from tests.parts.processes import Process

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "on",  # Killed by a test, it must find its pages whole.
    "synchronous_commit": "off",
    "max_connections": "100",
    "timezone": "UTC",
    "log_min_messages": "warning",
}
# As Postgres is by default, and as an installation has it: what was committed survives the machine.
DURABLE = {"fsync": "on", "synchronous_commit": "on"}


def programme(name: str) -> str | None:
    """The newest installed one: Debian keeps them out of the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))


def other_user() -> str | None:
    """Postgres refuses to run as root: then as its own user, or as nobody."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Postgres(Process):
    """The server; `url` names the test database."""

    def __init__(self, installation: Installation, *, durable: bool = False) -> None:
        self.installation = installation
        self.data = installation.folder / "postgres"
        server = programme("postgres")
        assert server is not None
        options = {
            **SETTINGS,
            **(DURABLE if durable else {}),
            "port": str(installation.postgres_port),
            "unix_socket_directories": str(self.data),
        }
        arguments = [server, "-D", str(self.data), *(word for name, value in options.items() for word in ("-c", f"{name}={value}"))]
        log = installation.folder / "logs" / "postgres.log"
        super().__init__("Postgres", arguments, log=log, user=other_user(), stop_signal=signal.SIGINT, folder=Path("/"))

    def run(self) -> None:
        """Makes the cluster at first, and starts it."""
        if not self.data.exists():
            self._make()
        self.start(self._answers)

    def _make(self) -> None:
        initdb = programme("initdb")
        assert initdb is not None
        self.data.mkdir(mode=0o700)
        words = self.installation.folder / "postgres-password"
        words.write_text(PASSWORD)
        if self.user:
            shutil.chown(self.data, self.user)
        # SCRAM is slow on purpose, and each thread of each web process connects anew: a run would spend seconds on it.
        arguments = [initdb, "-D", str(self.data), "-U", "helpline", "--auth=md5", f"--pwfile={words}"]
        arguments += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(arguments, user=self.user, capture_output=True, text=True, cwd="/", check=False)
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout[-1000:]}{made.stderr[-2000:]}")

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.installation.database_url("postgres"), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    @contextmanager
    def halted(self) -> Iterator[None]:
        """None of its processes does anything for the while: each has a session of its own, so each is told."""
        pids = [self.pid, *self.children()]
        try:
            self._tell(pids, signal.SIGSTOP)
            yield
        finally:
            self._tell(pids, signal.SIGCONT)

    @staticmethod
    def _tell(pids: list[int], what: signal.Signals) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, what)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """One statement outside any transaction."""
        connection = psycopg2.connect(self.installation.database_url(database))
        try:
            connection.autocommit = True
            connection.cursor().execute(statement)
        finally:
            connection.close()
