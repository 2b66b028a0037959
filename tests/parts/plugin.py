"""The tests' own pytest plugin: where the parts live, which are waived, and what a run may not do."""

import gc
import importlib
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.parts import environment, examples, guard, postgres
from tests.parts.abreast import abreast
from tests.parts.costs import Costs
from tests.parts.fixtures import *  # noqa: F403 - pytest finds fixtures in a plugin by their names here
from tests.parts.processes import stop_all
from tests.parts.profiles import FIREFOX
from tests.parts.shorter_ways import derive_once, hash_passwords_quickly, wrap_once
from tests.parts.webkit import WEBKIT

PARTS: dict[str, tuple[str, Callable[[], str | None]]] = {
    "postgres": ("postgresql", lambda: postgres.programme("postgres") and postgres.programme("initdb")),
    "redis": ("redis-server", lambda: shutil.which("redis-server")),
    "browser": ("chromium", lambda: shutil.which("chromium")),
    "firefox": ("firefox-esr", lambda: FIREFOX),
    "webkit": ("webkit2gtk-driver xvfb", lambda: WEBKIT),
    "proxy": ("caddy", lambda: shutil.which("caddy")),
}
# Left out by itself where it is not installed; CI has it.
OPTIONAL = {"proxy"}
# A test that asks for one of these fixtures needs these parts, whether or not it says so with a mark.
NEEDS = {
    "postgres_server": {"postgres"},
    "redis_server": {"redis"},
    "chromium": {"browser"},
    "celery_worker": {"postgres", "redis"},
    "web_server": {"postgres", "redis"},
    "proxy": {"postgres", "redis", "proxy"},
    "whole": {"postgres", "redis", "proxy"},
    "stack": {"postgres", "redis", "proxy"},
}
MARKS = {
    "postgres": {"postgres"},
    "redis": {"redis"},
    "browser": {"browser"},
    "firefox": {"browser", "firefox"},
    "webkit": {"webkit"},
    "proxy": {"proxy"},
    "worker": {"postgres", "redis"},
}
# About how long a test takes, to begin with the longest files: one that needs a part, and one marked so.
PARTS_SECONDS, LONG = 5, 20
INSTALLATION = pytest.StashKey[environment.Installation]()
WITHOUT = pytest.StashKey[frozenset[str]]()
# Whether the web server's processes may stay awake for the next test.
STAYS_AWAKE = pytest.StashKey[bool]()
SKIPPED: list[str] = []
MISSING: set[str] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("helpline")
    group.addoption(
        "--without",
        action="append",
        choices=sorted(PARTS),
        default=[],
        help="leave out the tests that need this part; without postgres the others run on SQLite",
    )
    group.addoption("--costs", type=Path, metavar="FILE", help="write down what each test took and started: tests/parts/costs.py")


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """For `-n auto`, and before xdist's own answer, which comes where its variable is set."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else abreast()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Before pytest-django reads the settings, the environment must say where everything is."""
    without = frozenset(early_config.known_args_namespace.without)
    if os.environ.get("CI") != "true":
        without |= {part for part in OPTIONAL if not PARTS[part][1]()}
    elif without:
        raise pytest.UsageError("CI runs every test: no --without there.")
    early_config.stash[WITHOUT] = without
    early_config.stash[INSTALLATION] = environment.new_installation()
    environment.lay_out(early_config.stash[INSTALLATION], without)
    guard.refuse_the_network()
    yield


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    for mark, meaning in {
        "postgres": "needs Postgres, and processes that share it",
        "redis": "needs Redis",
        "browser": "needs Chromium",
        "firefox": "needs Firefox beside it",
        "webkit": "needs WebKitGTK",
        "proxy": "needs Caddy",
        "worker": "needs real worker processes",
        "long(seconds)": "takes ten seconds or more by itself, or about as many as it says",
        "traffic": "what its browsers ask and get is recorded, for visitor.traffic()",
        "windows(reason)": "needs what belongs to a browser's windows, which Chromium's engine alone has not",
        "night(reason)": "is run by .ci/nightly alone",
        "logs_errors(reason)": "errors in the log belong to what is tested",
    }.items():
        config.addinivalue_line("markers", f"{mark}: {meaning}")
    if "redis" in config.stash[WITHOUT]:
        from django.conf import settings

        # Nothing is there to speak to: tasks go to a queue in memory, and the limits on guesses are kept there too.
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        settings.CELERY_BROKER_URL = "memory://"
    if config.option.costs:
        config.pluginmanager.register(Costs(config.option.costs))
    hash_passwords_quickly()
    wrap_once()
    derive_once()
    # Tasks that a test publishes go to the installation's broker, as in its web processes.
    importlib.import_module("config.celery")
    signal.signal(signal.SIGTERM, _interrupted)


def _interrupted(number: int, _frame: object) -> None:
    """Being asked to end is the same as Ctrl-C: fixtures are torn down, parts are stopped."""
    raise KeyboardInterrupt(f"signal {number}")


def pytest_report_header(config: pytest.Config) -> str | None:
    without = config.stash[WITHOUT]
    return f"helpline: without {', '.join(sorted(without))}, and the tests that need it" if without else None


def needs_of(item: pytest.Item) -> set[str]:
    """The parts that a test needs."""
    fixtures = set(getattr(item, "fixturenames", ()))
    needed = set().union(*(parts for name, parts in NEEDS.items() if name in fixtures))
    return needed.union(*(parts for mark, parts in MARKS.items() if item.get_closest_marker(mark)))


def uses_database(item: pytest.Item) -> bool:
    names = {"db", "transactional_db", "django_db_setup", "live_server", "client", "admin_client"} & set(getattr(item, "fixturenames", ()))
    return bool(names - {"client"}) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """While tests are found much is made and nothing thrown away: no garbage is looked for."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    examples.give_time(items)
    without = config.stash[WITHOUT]
    if waived := [item for item in items if needs_of(item) & without or examples.waits_for_night(item)]:
        config.hook.pytest_deselected(items=waived)
        items[:] = [item for item in items if item not in waived]
    # Else one process runs a long file last, while the other has nothing left to do.
    seconds: Counter[str] = Counter()
    for item in items:
        if long := item.get_closest_marker("long"):
            seconds[item.location[0]] += next(iter(long.args), LONG)
        else:
            seconds[item.location[0]] += PARTS_SECONDS if needs_of(item) - {"postgres"} else 0
    items.sort(key=lambda item: -seconds[item.location[0]])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Tests of one file that look at pages share the web server's processes, one after the other."""
    item.stash[STAYS_AWAKE] = nextitem is not None and item.path == nextitem.path and looks_at_pages(item) and looks_at_pages(nextitem)


def looks_at_pages(item: pytest.Item) -> bool:
    """With a browser, on the web server alone, whose log is of no matter to it."""
    names = set(getattr(item, "fixturenames", ()))
    return {"visit", "web_server"} <= names and not names & {"proxy", "celery_worker"} and not item.get_closest_marker("logs_errors")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What the chosen tests need must be there; a missing part is named, with what to install, before anything runs."""
    # What is loaded by now stays to the end: to look it all through for garbage, time and again, took a fifth of a run.
    gc.freeze()
    if session.config.option.collectonly:
        return
    without = session.config.stash[WITHOUT]
    needed = set().union(*(needs_of(item) for item in session.items))
    if any(uses_database(item) for item in session.items):
        needed |= {"postgres", "redis"} - without
    missing = sorted(part for part in needed if not PARTS[part][1]())
    if not missing:
        return
    output = getattr(session.config, "workeroutput", None)
    if output is None:
        pytest.exit(_what_to_install(missing), returncode=pytest.ExitCode.USAGE_ERROR)
    # One of xdist's processes cannot end the run: it runs nothing, and tells the one that can.
    output["missing"] = missing
    session.items.clear()


def _what_to_install(missing: Sequence[str]) -> str:
    packages = " ".join(PARTS[part][0] for part in missing)
    waivers = " ".join(f"--without {part}" for part in missing)
    return f"These tests need what is not on this machine: apt-get install {packages} (or leave them out: {waivers})."


def pytest_testnodedown(node: Any) -> None:
    MISSING.update(getattr(node, "workeroutput", {}).get("missing", []))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        SKIPPED.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if MISSING:
        session.exitstatus = pytest.ExitCode.USAGE_ERROR
    if os.environ.get("CI") == "true" and SKIPPED and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if MISSING:
        terminalreporter.write_line(_what_to_install(sorted(MISSING)), red=True)
    if os.environ.get("CI") == "true" and SKIPPED:
        terminalreporter.write_line("CI skips no test, and these were skipped: " + ", ".join(SKIPPED), red=True)


def pytest_unconfigure() -> None:
    stop_all()
