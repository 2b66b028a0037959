"""The rules that tests/parts lays on every test, shown on tests that break them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tools import run
from tests.parts.environment import REPOSITORY


def run_test(tmp_path: Path, source: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs one test of that source under this project's rules; it needs no part, so none starts."""
    test = tmp_path / "test_it.py"
    test.write_text(source)
    options = ["-c", str(REPOSITORY / "pyproject.toml"), "--rootdir", str(tmp_path), "-p", "no:cacheprovider"]
    return run("pytest", *options, *arguments, str(test), CI="", **environment)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import logging\ndef test_it(): logging.getLogger('helpline').error('lost')", "Errors were logged"),
        ("import warnings\ndef test_it(): warnings.warn('old')", "UserWarning: old"),
        ("import socket\ndef test_it(): socket.create_connection(('192.0.2.1', 80), 1)", "only this machine's loopback"),
        ("import socket\ndef test_it(): socket.getaddrinfo('elsewhere.example', 80)", "only this machine's loopback"),
        ("import threading\ndef test_it():\n t = threading.Thread(target=lambda: 1 / 0)\n t.start()\n t.join()", "ZeroDivisionError"),
        ("class C:\n def __del__(self): raise ValueError('unseen')\ndef test_it(): C()", "unseen"),
    ],
)
def test_a_test_that_breaks_a_rule_fails(source: str, says: str, tmp_path: Path) -> None:
    done = run_test(tmp_path, source)
    assert done.returncode == 1, done.stdout
    assert says in done.stdout


def test_a_naive_datetime_is_an_error(tmp_path: Path) -> None:
    source = "import datetime\nfrom helpline.models import Closure\n"
    source += "def test_it(): Closure._meta.get_field('starts_at').get_prep_value(datetime.datetime(2026, 1, 1))\n"
    done = run_test(tmp_path, source)
    assert done.returncode == 1, done.stdout
    assert "received a naive datetime" in done.stdout


def test_an_error_that_belongs_to_the_test_may_be_logged(tmp_path: Path) -> None:
    source = (
        "import logging, pytest\n@pytest.mark.logs_errors('it is the point')\ndef test_it(): logging.getLogger('helpline').error('lost')"
    )
    assert run_test(tmp_path, source).returncode == 0


def test_ci_fails_when_a_test_is_skipped(tmp_path: Path) -> None:
    source = "import pytest\ndef test_it(): pytest.skip('not today')"
    assert run_test(tmp_path, source).returncode == 0
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-c",
            str(REPOSITORY / "pyproject.toml"),
            "--rootdir",
            str(tmp_path),
            str(tmp_path / "test_it.py"),
        ],
        cwd=REPOSITORY,
        env={"PATH": "/usr/bin:/bin", "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "CI skips no test" in done.stdout


def test_ci_waives_no_part() -> None:
    done = run("pytest", "--without", "redis", "tests/house/test_modules_are_short.py", CI="true")
    assert done.returncode != 0
    assert "CI runs every test" in done.stdout + done.stderr


def test_a_missing_part_is_named_with_what_to_install(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.redis\n@pytest.mark.browser\ndef test_it(): pass"
    done = run_test(tmp_path, source, PATH=str(tmp_path))
    assert done.returncode == 4, done.stdout
    assert "apt-get install chromium redis-server (or leave them out: --without browser --without redis)" in done.stdout + done.stderr
