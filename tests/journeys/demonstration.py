"""Runs `manage.py demo` as a newcomer would: another process, nothing of this run's environment."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.parts.environment import REPOSITORY, free_port
from tests.world.steps import StaffSecrets

# How each line begins that says what is being done.
STEPS = ("Building the pages'", "Bringing the database", "Making up people", "Signing what is served", "Starting the web server")
OWN = ("HELPLINE_", "DJANGO_", "PYTEST_")


def newcomers_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OWN)}


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(REPOSITORY / "manage.py"), *arguments]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(command(*arguments), env=newcomers_environment(), capture_output=True, text=True, timeout=120, check=False)


@dataclass
class Demonstration:
    """A running demonstration; as a context it stops as Ctrl-C stops it."""

    data: Path
    more: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    printed: dict[str, Any] = field(default_factory=dict)
    code: int | None = None
    steps: list[str] = field(default_factory=list)
    errors: str = ""

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def __enter__(self) -> Self:
        arguments = command("demo", "--data", str(self.data), "--port", str(self.port), "--json", *self.more)
        self._child = subprocess.Popen(
            arguments, env=newcomers_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            raise AssertionError(self._child.communicate(timeout=30)[1])
        self.printed = json.loads(line)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._child.send_signal(signal.SIGINT)
        try:
            _, said = self._child.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self._child.kill()
            raise
        self.code = self._child.returncode
        self.steps = [line for line in said.splitlines() if line.startswith(STEPS)]
        self.errors = "\n".join(line for line in said.splitlines() if line not in self.steps)

    def staff(self, role: str, number: int = 0) -> StaffSecrets:
        """Somebody with this role, as `--json` tells how they get in."""
        person = [person for person in self.printed["people"] if person["role"] == role][number]
        secret = person["totp_secret"]
        return StaffSecrets(
            person["email"],
            person["password"],
            person["vault_passphrase"],
            lambda: str(format_hotp_value(hotp_value(secret, int(time.time()) // 30))),
        )
