"""tests/deploy/real.sh is run each night: here that its parts can be read, and that it has a stand-in for every image."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.parts.commands import compose
from tests.parts.environment import REPOSITORY

HERE = REPOSITORY / "tests" / "deploy"
SCRIPTS = [*sorted(HERE.glob("*.sh")), REPOSITORY / "bin" / "backup", *sorted((REPOSITORY / ".ci").iterdir())]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_read(script: Path) -> None:
    shell = "sh" if script.read_text().startswith("#!/bin/sh") else "bash"
    done = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_there_is_a_stand_in_for_every_image() -> None:
    bases = set(re.findall(r"^FROM (\S+:\S+)", (REPOSITORY / "Dockerfile").read_text(), re.MULTILINE))
    foreign = {service["image"] for service in compose()["services"].values() if ":" in service["image"]}
    names = {image.partition(":")[0].rpartition("/")[2] for image in bases | foreign}
    assert names - {"debian"} == {folder.name for folder in (HERE / "images").iterdir()}


def test_what_it_runs_of_the_operators_page_is_there() -> None:
    """It finds blocks of commands by words before them."""
    text = (REPOSITORY / "docs" / "operate.md").read_text()
    for words in re.findall(r"lines_after '([^']+)'", (HERE / "checks.sh").read_text()):
        assert re.search(r"^```\n.+?^```$", text.partition(words)[2], re.MULTILINE | re.DOTALL), words
