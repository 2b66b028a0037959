"""The commands that docker-compose.yml starts, word for word: what the tests run is what an installation runs."""

import os
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import yaml
from django.db import connection

from tests.parts.environment import REPOSITORY, Installation


def compose() -> dict[str, Any]:
    """docker-compose.yml, parsed."""
    parsed: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())
    return parsed


def command_of(service: str, programmes: Path | None = None) -> list[str]:
    """A service's command, with its programme found in this environment, or in the folder of another one's."""
    programme, *arguments = shlex.split(compose()["services"][service]["command"])
    return [str((programmes or Path(sys.executable).parent) / programme), *arguments]


def proxy_command(programme: str) -> list[str]:
    """The proxy's, with the file that the image has as its configuration."""
    copied = dict(
        reversed(pair) for pair in re.findall(r"^COPY (config/\S+) (/\S+)$", (REPOSITORY / "Dockerfile").read_text(), re.MULTILINE)
    )
    _, *arguments = shlex.split(compose()["services"]["proxy"]["command"])
    return [programme, *(str(REPOSITORY / copied[word]) if word in copied else word for word in arguments)]


def surroundings(installation: Installation, **more: str) -> dict[str, str]:
    """The environment of a process that shares the test database."""
    here = {**os.environ, "PYTHONUNBUFFERED": "1"}
    here.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    if "HELPLINE_DATABASE_URL" in here:
        here["HELPLINE_DATABASE_URL"] = installation.database_url(str(connection.settings_dict["NAME"]))
    return {**here, **more}
