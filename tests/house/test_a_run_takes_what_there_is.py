"""A run has a process for each processor and one more, if there is memory for what each starts; `--costs` tells what each test took."""

import os
from pathlib import Path

import pytest

from tests.house.tools import run, said
from tests.parts.abreast import LEAST, OF_ONE, abreast, memory, processors
from tests.parts.costs import COLUMNS, by_room, room_of
from tests.parts.environment import REPOSITORY

MINE = len(os.sched_getaffinity(0))


def system(folder: Path, free: int, **limits: str) -> dict[str, Path]:
    """What a system with so many bytes free says of itself."""
    (folder / "meminfo").write_text(f"MemTotal: 99 kB\nMemAvailable:   {free // 1024} kB\n")
    for name, limit in limits.items():
        (folder / name.replace("_", ".")).write_text(f"{limit}\n")
    return {"control": folder, "meminfo": folder / "meminfo"}


@pytest.mark.parametrize(
    ("free", "limits", "processes"),
    [
        (OF_ONE * 99, {}, MINE + 1),
        (OF_ONE * 99, {"cpu_max": "max 100000", "memory_max": "max", "memory_current": "7"}, MINE + 1),
        (OF_ONE * 99, {"cpu_max": "100000 100000"}, LEAST),
        (OF_ONE * 99, {"cpu_max": "50000 100000"}, LEAST),
        (OF_ONE - 1024, {}, LEAST),
        (OF_ONE * 99, {"memory_max": f"{OF_ONE}", "memory_current": "0"}, LEAST),
    ],
)
def test_as_many_processes_as_there_is_room_for(tmp_path: Path, free: int, limits: dict[str, str], processes: int) -> None:
    assert abreast(**system(tmp_path, free, **limits)) == processes


def test_a_share_of_the_processors_and_the_memory_left_both_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)))
    assert abreast(**system(tmp_path, OF_ONE * 99)) == 17
    assert abreast(**system(tmp_path, OF_ONE * 5)) == 5
    assert abreast(**system(tmp_path, OF_ONE * 99, cpu_max="400000 100000")) == 5


def test_memory_is_what_is_left_of_the_smaller_limit(tmp_path: Path) -> None:
    assert memory(**system(tmp_path, 3 * OF_ONE)) == 3 * OF_ONE
    assert memory(**system(tmp_path, 3 * OF_ONE, memory_max=f"{2 * OF_ONE}", memory_current=f"{OF_ONE}")) == OF_ONE


def test_where_the_system_says_nothing_processors_count(tmp_path: Path) -> None:
    assert memory(tmp_path, tmp_path / "meminfo") is None
    assert processors(tmp_path) == MINE
    assert abreast(tmp_path, tmp_path / "meminfo") == MINE + 1


def test_a_run_begins_so_many(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not as many as xdist would begin."""
    monkeypatch.setattr("tests.parts.plugin.abreast", lambda: 17)
    assert pytestconfig.hook.pytest_xdist_auto_num_workers(config=pytestconfig) == 17


def test_what_each_test_took_is_written_down(tmp_path: Path) -> None:
    """From each of the processes: seconds, and what was started."""
    for name in ("one", "two"):
        source = "from tests.parts.costs import TALLY\ndef test_it():\n    TALLY['looks'] += 3\ndef test_other(): pass\n"
        (tmp_path / f"test_{name}.py").write_text(source)
    file = tmp_path / "kept" / "costs.tsv"
    options = ["-c", str(REPOSITORY / "pyproject.toml"), "--rootdir", str(tmp_path), "-p", "no:cacheprovider"]
    done = run("pytest", *options, "-n", "2", "--costs", str(file), str(tmp_path), CI="")
    assert done.returncode == 0, said(done)
    assert done.stderr == "", said(done)  # Nothing that was left open is complained of at the end.
    head, *lines = (line.split("\t") for line in file.read_text().splitlines())
    assert head == [*COLUMNS, "test"]
    looks = {line[-1]: line[COLUMNS.index("looks")] for line in lines}
    assert looks == {f"test_{name}.py::test_{which}": looked for name in ("one", "two") for which, looked in (("it", "3"), ("other", "0"))}
    whole = by_room([file, file])["."]
    assert (whole["tests"], whole["looks"]) == (8, 12)
    assert whole["computing"] > 0


def test_a_test_is_of_its_room() -> None:
    assert room_of("tests/messaging/desk/roles/test_it.py::test_it[a/b]") == "messaging/desk"
    assert room_of("tests/house/test_it.py::test_it") == "house"
    assert room_of("tests/helpline/test_it.py::test_it") == "helpline"
