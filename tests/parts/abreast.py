"""How many processes run tests at once: one for each processor that this run may use and one more, if there is memory for what each starts.

One more, because a test waits for a sixth of its time: for a page that asks every five seconds, or for a process that starts.
"""

import os
from pathlib import Path

# A process with its Postgres, Redis, gunicorn, Celery and browsers at their largest.
OF_ONE = 2 * 2**30
LEAST = 2
CONTROL = Path("/sys/fs/cgroup")
MEMORY = Path("/proc/meminfo")


def _numbers(path: Path) -> list[int]:
    """What a file of the system says in its first line; nothing where it sets no limit, or is not there."""
    try:
        words = path.read_text().partition("\n")[0].split()
    except OSError:
        return []
    return [int(word) for word in words if word.isdigit()]


def processors(control: Path = CONTROL) -> int:
    """That this process may run on; where a container has a share of them, no more than that."""
    may = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    match _numbers(control / "cpu.max"):
        case [share, whole]:
            return max(1, min(may, share // whole))
    return may


def memory(control: Path = CONTROL, meminfo: Path = MEMORY) -> int | None:
    """Bytes that are there to take; None where the system does not say."""
    said = (
        [int(line.split()[1]) * 1024 for line in meminfo.read_text().splitlines() if line.startswith("MemAvailable")]
        if meminfo.exists()
        else []
    )
    limit, used = _numbers(control / "memory.max"), _numbers(control / "memory.current")
    said += [limit[0] - used[0]] if limit and used else []
    return min(said, default=None)


def abreast(control: Path = CONTROL, meminfo: Path = MEMORY) -> int:
    """How many, `LEAST` or more."""
    there = memory(control, meminfo)
    wanted = processors(control) + 1
    return max(LEAST, wanted if there is None else min(wanted, there // OF_ONE))
