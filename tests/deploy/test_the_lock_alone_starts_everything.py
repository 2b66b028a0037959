"""An environment of requirements.lock and nothing else, as the image has it: web, desk, worker and beat start in it, and each answers.

A package that only the tools of development bring would be missed by every installation, and by no other test.
"""

import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from messaging.models import Pulse
from tests.parts.celery_processes import Celery
from tests.parts.commands import surroundings
from tests.parts.environment import REPOSITORY, Installation, free_port
from tests.parts.processes import wait_until
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def programmes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programmes of such an environment lie."""
    uv = os.environ.get("UV") or shutil.which("uv")
    assert uv is not None, "uv makes the environment"
    folder = tmp_path_factory.mktemp("image") / "environment"
    into = ["--python", str(folder / "bin" / "python")]
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
        [uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes", *into, "--requirement", "requirements.lock"],
    ):
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder / "bin"


@pytest.fixture
def celery(installation: Installation, redis_server: Redis, programmes: Path) -> Generator[Celery]:
    celery = Celery(installation, programmes)
    yield celery
    celery.stop()


@pytest.fixture
def servers(installation: Installation, redis_server: Redis, static_files: Path, programmes: Path) -> Generator[list[WebServer]]:
    """The public site's and the staff's."""
    found = [
        WebServer(replace(installation, web_port=free_port()), service=service, programmes=programmes, HELPLINE_TRUSTED_PROXIES="1")
        for service in ("web", "desk")
    ]
    yield found
    for server in found:
        server.stop()


def test_its_web_servers_answer(servers: list[WebServer], installation: Installation) -> None:
    for server, path in zip(servers, ("/", "/desk/account/login/"), strict=True):
        server.run()
        asked = urllib.request.Request(  # noqa: S310 - the loopback's own
            server.origin + path,
            headers={"Host": f"localhost:{installation.web_port}", "X-Forwarded-For": "192.0.2.1"},
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            assert answer.status == 200
            assert b"</html>" in answer.read()


@pytest.mark.night("by day the web servers start from the lock alone, and a worker hears its beat in its own surroundings")
def test_its_worker_hears_its_beat(celery: Celery) -> None:
    celery.start()
    celery.beat()
    wait_until(Pulse.objects.exists, "a worker did what beat asked for")
    assert "Traceback" not in celery.logs()


def test_its_settings_are_checked_and_its_tables_made(programmes: Path, installation: Installation) -> None:
    done = subprocess.run(
        [programmes / "python", "manage.py", "prepare"],
        cwd=REPOSITORY,
        env=surroundings(installation),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
