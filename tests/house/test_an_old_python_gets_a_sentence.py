"""Somebody with Python 3.11 alone is told what to install; no traceback, no syntax error."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parts.environment import REPOSITORY


def old_pythons() -> list[str]:
    """Every interpreter before 3.12 on this machine: in the PATH, or kept by pyenv."""
    kept = [str(path) for path in Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/3.*/bin/python")]
    named = [shutil.which(name) for name in ("/usr/bin/python3", "python3.11", "python3.10", "python3.9")]
    old = []
    for path in [*kept, *filter(None, named)]:
        asked = subprocess.run([path, "-c", "import sys; print(sys.version_info < (3, 12))"], capture_output=True, text=True, check=False)
        if asked.stdout.strip() == "True":
            old.append(path)
    return old


def test_the_command_can_be_read_by_an_old_python() -> None:
    ast.parse((REPOSITORY / "manage.py").read_text(), feature_version=(3, 8))


def test_an_old_python_is_told_what_to_install(tmp_path: Path) -> None:
    pythons = old_pythons()
    if not pythons:
        # No such interpreter is here: the same programme, told that it is one.
        told = "import runpy, sys; sys.version_info = (3, 11, 7, 'final', 0); runpy.run_path(sys.argv[1], run_name='__main__')"
        pythons, arguments = [sys.executable], ["-c", told, str(REPOSITORY / "manage.py")]
    else:
        arguments = [str(REPOSITORY / "manage.py"), "demo"]
    for python in pythons:
        done = subprocess.run([python, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "The helpline needs Python 3.12 or newer" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["demo", "keys"])
def test_the_sentence_does_not_depend_on_the_command(command: str, tmp_path: Path) -> None:
    for python in old_pythons():
        done = subprocess.run([python, str(REPOSITORY / "manage.py"), command], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "uv python install 3.13" in done.stderr


def test_uv_says_what_to_install_when_it_finds_no_python(tmp_path: Path) -> None:
    uv = os.environ["UV"]  # `uv run` says where it is itself.
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "VIRTUAL_ENV", "PYENV_"))}
    alone |= {"PATH": str(tmp_path), "HOME": str(tmp_path), "UV_PROJECT_ENVIRONMENT": str(tmp_path / "environment")}
    done = subprocess.run([uv, "run", "manage.py", "demo"], cwd=REPOSITORY, env=alone, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "No interpreter found for Python 3.13" in done.stderr
    assert "uv python install 3.13" in done.stderr
