"""The rules that tests/parts lays on every test, shown on tests that break them."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.house.tools import run
from tests.parts.environment import REPOSITORY

BREAK_A_RULE = {
    "an_error": ("import logging\ndef test_it(): logging.getLogger('helpline').error('lost')", "Errors were logged"),
    "a_warning": ("import warnings\ndef test_it(): warnings.warn('old')", "UserWarning: old"),
    "elsewhere": ("import socket\ndef test_it(): socket.create_connection(('192.0.2.1', 80), 1)", "only this machine's loopback"),
    "a_name": ("import socket\ndef test_it(): socket.getaddrinfo('elsewhere.example', 80)", "only this machine's loopback"),
    "a_thread": (
        "import threading\ndef test_it():\n t = threading.Thread(target=lambda: 1 / 0)\n t.start()\n t.join()",
        "ZeroDivisionError",
    ),
    "unraisable": ("class C:\n def __del__(self): raise ValueError('unseen')\ndef test_it(): C()", "unseen"),
    "naive": (
        "import datetime\nfrom helpline.models import Closure\n"
        "def test_it(): Closure._meta.get_field('starts_at').get_prep_value(datetime.datetime(2026, 1, 1))\n",
        "received a naive datetime",
    ),
}
KEEPS_THEM = (
    "import logging, pytest\n@pytest.mark.logs_errors('it is the point')\ndef test_it(): logging.getLogger('helpline').error('lost')"
)


def run_tests(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the folder's tests under this project's rules; they need no part, so none starts."""
    options = ["-c", str(REPOSITORY / "pyproject.toml"), "--rootdir", str(folder), "-n", "0", "-p", "no:cacheprovider"]
    return run("pytest", *options, *arguments, str(folder), CI="", **environment)


def run_test(folder: Path, source: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(source)
    return run_tests(folder, **environment)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each of those tests, all run at once: its failures in words, none where it passed."""
    folder = tmp_path_factory.mktemp("rules")
    for name, source in {**{name: source for name, (source, _) in BREAK_A_RULE.items()}, "keeps_them": KEEPS_THEM}.items():
        (folder / f"test_{name}.py").write_text(source)
    report = folder / "report.xml"
    done = run_tests(folder, f"--junitxml={report}")
    assert done.returncode == 1, done.stdout
    cases = ElementTree.parse(report).iter("testcase")  # noqa: S314 - our own pytest wrote it
    found: dict[str, str] = {}
    for case in cases:
        name = str(case.get("classname")).rpartition("test_")[2]
        found[name] = found.get(name, "") + "".join(f"{fault.get('message')}{fault.text}" for fault in case)
    return found


@pytest.mark.parametrize("name", BREAK_A_RULE)
def test_a_test_that_breaks_a_rule_fails(name: str, outcomes: dict[str, str]) -> None:
    assert BREAK_A_RULE[name][1] in outcomes[name]


def test_an_error_that_belongs_to_the_test_may_be_logged(outcomes: dict[str, str]) -> None:
    assert outcomes["keeps_them"] == ""


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
            "-n",
            "1",
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


@pytest.mark.night("a run of the tests inside the tests; by day such runs show each rule")
def test_ci_waives_no_part() -> None:
    done = run("pytest", "--without", "redis", "tests/house/test_modules_are_short.py", CI="true")
    assert done.returncode != 0
    assert "CI runs every test" in done.stdout + done.stderr


@pytest.mark.night("a run of the tests inside the tests; by day such runs show each rule")
def test_a_missing_part_is_named_with_what_to_install(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.redis\n@pytest.mark.browser\ndef test_it(): pass"
    done = run_test(tmp_path, source, PATH=str(tmp_path))
    assert done.returncode == 4, done.stdout
    assert "apt-get install chromium redis-server (or leave them out: --without browser --without redis)" in done.stdout + done.stderr


@pytest.mark.night("a run of the tests inside the tests; by day such runs show each rule")
def test_a_test_in_firefox_names_it_and_is_left_out_with_the_browser(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.firefox\ndef test_it(): pass"
    done = run_test(tmp_path, source, PATH=str(tmp_path))
    assert "apt-get install chromium firefox-esr (or leave them out: --without browser --without firefox)" in done.stdout + done.stderr
    for part in ("browser", "firefox"):
        assert "1 deselected" in run_tests(tmp_path, "--without", part).stdout


@pytest.mark.night("a run of the tests inside the tests; by day such runs show each rule")
def test_a_test_in_webkit_names_both_packages(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.webkit\ndef test_it(): pass"
    done = run_test(tmp_path, source, PATH=str(tmp_path))
    assert "apt-get install webkit2gtk-driver xvfb (or leave them out: --without webkit)" in done.stdout + done.stderr
    assert "1 deselected" in run_tests(tmp_path, "--without", "webkit").stdout
