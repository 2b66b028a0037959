"""Running a tool of this environment on the repository, and reading which files belong to it."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.parts.environment import REPOSITORY


def run(programme: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A programme of this environment, in the repository, with nothing of the installation under test in its surroundings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HELPLINE_", "DJANGO_"))}
    return subprocess.run(
        [str(Path(sys.executable).parent / programme), *arguments],
        cwd=REPOSITORY,
        env=clean | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What a failing tool has to say."""
    return (done.stdout + done.stderr)[-6000:]


@cache
def files() -> list[Path]:
    """Every file that is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    paths = (REPOSITORY / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return [path for path in paths if path.is_file()]
