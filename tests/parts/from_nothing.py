"""An installation of its own, from nothing: an empty database, no account, no key; each step is a command of docs/operate.md or a click."""

import os
import secrets
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.parts.commands import command_of
from tests.parts.environment import REPOSITORY, Installation, free_port
from tests.parts.postgres import Postgres
from tests.parts.processes import Process
from tests.parts.redis_server import Redis
from tests.parts.web import answers

DATABASE = "from_nothing"


def offline_environment() -> dict[str, str]:
    """Of a machine that knows no installation."""
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


@dataclass
class FromNothing:
    """What an operator has: a folder for what the root's keepers make, an environment for the server, and commands."""

    folder: Path
    port: int
    settings: dict[str, str]
    web: Process | None = field(default=None)

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def keys(self, *arguments: str) -> str:
        """`manage.py keys …` in the folder of the root's keepers, who have no server: what it printed."""
        return self._run([sys.executable, str(REPOSITORY / "manage.py"), "keys", *arguments], self.folder, offline_environment())

    def prepare(self) -> str:
        """The compose service of this name, which makes the tables."""
        return self._run(command_of("prepare"), REPOSITORY, self._environment())

    def manage(self, *arguments: str, **more: str) -> str:
        """`manage.py …` of the installation, with more in its environment."""
        return self._run([sys.executable, str(REPOSITORY / "manage.py"), *arguments], REPOSITORY, self._environment() | more)

    def serve(self) -> None:
        """The compose service web."""
        environment = self._environment() | {"HELPLINE_BIND": f"127.0.0.1:{self.port}", "HELPLINE_WEB_WORKERS": "2"}
        self.web = Process("the new web server", command_of("web"), log=self.folder / "web.log", environment=environment, folder=REPOSITORY)
        self.web.start(lambda: answers(self.origin))

    def _environment(self) -> dict[str, str]:
        return {**offline_environment(), "PYTHONUNBUFFERED": "1", **self.settings}

    def _run(self, command: list[str], folder: Path, environment: dict[str, str]) -> str:
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture
def from_nothing(
    installation: Installation, postgres_server: Postgres, redis_server: Redis, static_files: Path, tmp_path: Path
) -> Generator[FromNothing]:
    """The run's Postgres and Redis with an empty database; HELPLINE_ROOT_KEY is still to be made."""
    postgres_server.execute(f"CREATE DATABASE {DATABASE}")
    port = free_port()
    settings = {
        "HELPLINE_ORIGIN": f"http://localhost:{port}",
        "HELPLINE_SECRET_KEY": secrets.token_urlsafe(48),
        "HELPLINE_DATABASE_URL": installation.database_url(DATABASE),
        "HELPLINE_REDIS_URL": installation.redis_url,
        "HELPLINE_TRUSTED_PROXIES": "0",
        "HELPLINE_STATIC_ROOT": str(static_files),
        # As in docker-compose.yml, whose `prepare` makes the file.
        "HELPLINE_STORAGE_KEYS_FILE": str(tmp_path / "storage" / "keys"),
    }
    new = FromNothing(tmp_path, port, settings)
    yield new
    log = ""
    if new.web is not None:
        new.web.stop()
        log = new.web.log_text
    postgres_server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    if wrong := [line for line in log.splitlines() if " ERROR " in line or "[ERROR]" in line or line.startswith("Traceback")]:
        pytest.fail("The web server logged errors:\n" + "\n".join(wrong) + "\n\n" + log[-3000:], pytrace=False)
