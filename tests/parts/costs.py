"""What each test costs: its seconds, and what it has started and looked at. `--costs FILE` writes it down, the dearest first.

`uv run python -m tests.parts.costs FILE…` adds such files up, by room. Seconds are this machine's and this hour's; the numbers of what was
started are the same wherever they are counted.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

PHASES = ("setup", "call", "teardown")
# Of the whole of a test: seconds of computing (by this process and whatever it has started), programmes and browsers started, looks of axe,
# and databases emptied.
COUNTED = ("computing", "programmes", "browsers", "looks", "emptied")
COLUMNS = (*PHASES, *COUNTED)
# What this process has done so far. Who starts or looks adds one.
TALLY: Counter[str] = Counter()


def _computing(pid: int) -> int:
    """Of this process, what it has started and what has ended in it; in the system's ticks. What its parent did not wait for is lost."""
    try:
        own = sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    except (FileNotFoundError, ProcessLookupError):
        return 0  # It has ended meanwhile, or this system tells nothing of its processes.
    return own + sum(map(_computing, _started_by(pid)))


def _started_by(pid: int) -> list[int]:
    """A thread that ends while it is asked takes nothing away from the others' children."""
    started: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                started += map(int, (task / "children").read_text().split())
    return started


def _so_far() -> dict[str, float]:
    return {**TALLY, "computing": _computing(os.getpid()) / os.sysconf("SC_CLK_TCK")}


class Costs:
    """A plugin for one run: each process notes what its tests cost, and the one that leads the run writes all of it into the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.costs: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._before = _so_far()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, Any, Any]:
        report = yield
        if report.when == "teardown":
            now = _so_far()
            # A report's own attributes travel from xdist's processes with it.
            report.costs = {name: max(0, now.get(name, 0) - self._before.get(name, 0)) for name in COUNTED}
            self._before = now
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        cost = self.costs[report.nodeid]
        cost[str(report.when)] += report.duration  # type: ignore[assignment]
        cost.update(getattr(report, "costs", {}))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workerinput"):
            return
        dearest = sorted(self.costs.items(), key=lambda pair: -sum(pair[1][phase] for phase in PHASES))
        lines = ["\t".join([*(f"{cost[name]:.2f}".removesuffix(".00") for name in COLUMNS), test]) for test, cost in dearest]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n".join(["\t".join([*COLUMNS, "test"]), *lines]) + "\n")


def room_of(test: str) -> str:
    """tests/messaging/desk/roles/test_….py::test_… is of messaging/desk."""
    folders = test.partition("::")[0].split("/")[1:-1]
    return "/".join(folders[: 2 if folders[:1] in (["helpline"], ["messaging"]) else 1]) or "."


def by_room(files: Iterable[Path]) -> dict[str, Counter[str]]:
    """What all the tests of each room cost together, and how many they are."""
    rooms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for file in files:
        for line in file.read_text().splitlines()[1:]:
            *numbers, test = line.split("\t", len(COLUMNS))
            rooms[room_of(test)].update({"tests": 1, **dict(zip(COLUMNS, map(float, numbers), strict=True))})
    return rooms


def main() -> None:
    rooms = by_room(map(Path, sys.argv[1:]))
    rooms["all"] = sum(rooms.values(), Counter())
    print(*(f"{name:>10}" for name in ("tests", *COLUMNS)), "room")  # noqa: T201 - a programme's answer
    for room, cost in sorted(rooms.items(), key=lambda pair: -sum(pair[1][phase] for phase in PHASES)):
        print(*(f"{cost[name]:>10.0f}" for name in ("tests", *COLUMNS)), room)  # noqa: T201


if __name__ == "__main__":
    main()
