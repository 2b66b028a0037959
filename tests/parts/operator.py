"""An operator who follows docs/operate.md to the letter: a shell runs its commands, and the database's container is a test's Postgres."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.parts.environment import PASSWORD, REPOSITORY, Installation
from tests.parts.postgres import programme

# No containers are here: a programme of the database's container is run from this machine, and so is a command of manage.py; whatever else
# compose is asked is written down.
DOCKER = """#!/bin/sh
if [ "$1 $2 $3 $4 $5 $6" = "compose run --rm -T --no-deps prepare" ]; then shift 6; cd "$REPOSITORY"; exec "$@"; fi
if [ "$1 $2 $3 $4" = "compose exec -T postgres" ]; then shift 4; exec "$@"; fi
echo "$*" >> asked-of-docker
"""


def commands_after(words: str) -> str:
    """The first block of commands after these words in docs/operate.md."""
    text = (REPOSITORY / "docs" / "operate.md").read_text()
    assert text.count(words) == 1, words
    block = re.search(r"^```\n(.+?)^```$", text.partition(words)[2], re.MULTILINE | re.DOTALL)
    assert block is not None
    return block[1]


class Operator:
    """Somebody at a shell in a folder. The database is called `helpline`, as in docker-compose.yml."""

    def __init__(self, folder: Path, installation: Installation) -> None:
        self.folder = folder
        found = programme("pg_dump")
        assert found is not None
        docker = folder / "bin" / "docker"
        docker.parent.mkdir()
        docker.write_text(DOCKER)
        docker.chmod(0o755)
        self.environment = {
            "PATH": os.pathsep.join([str(docker.parent), str(Path(sys.executable).parent), str(Path(found).parent), os.environ["PATH"]]),
            "PGHOST": "127.0.0.1",
            "PGPORT": str(installation.postgres_port),
            "PGPASSWORD": PASSWORD,
            **{name: value for name, value in os.environ.items() if name.startswith("HELPLINE_")},
            "HELPLINE_DATABASE_URL": installation.database_url("helpline"),
            "REPOSITORY": str(REPOSITORY),
        }

    def run(self, commands: str, **more: str) -> None:
        """Each in turn; the first that fails ends it, and the test."""
        done = subprocess.run(
            ["sh", "-euc", commands], cwd=self.folder, env=self.environment | more, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"

    def asked_of_docker(self) -> list[str]:
        """What compose would have done besides."""
        return (self.folder / "asked-of-docker").read_text().splitlines()
