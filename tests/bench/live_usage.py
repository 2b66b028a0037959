"""What each part of an installation takes while it is measured, and how long staff's ordinary reads take beside it."""

import http.client
import ssl
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from tests.bench.apart import TIMEOUT
from tests.bench.flooding import Seen, together
from tests.bench.installation import cpu_of, say


class Usage:
    """CPU of these parts (their first processes' pids, by name) and of this process, since it was made."""

    def __init__(self, parts: Mapping[str, Sequence[int]]) -> None:
        self._parts = parts
        self._began, self._own = time.monotonic(), time.process_time()
        self._cpu = {name: cpu_of(list(pids)) for name, pids in parts.items()}

    def shares(self) -> dict[str, float]:
        """Of a core, since it was made; `clients` is this process."""
        took = time.monotonic() - self._began
        found = {name: (cpu_of(list(pids)) - self._cpu[name]) / took for name, pids in self._parts.items()}
        return {**found, "clients": (time.process_time() - self._own) / took}

    def say(self) -> None:
        shares = self.shares()
        text = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
        say("… of a core", f"{text}; {sum(shares.values()):.0%} in all")
        say("… memory, MB", ", ".join(f"{name} {memory_of(pids):.0f}" for name, pids in self._parts.items()))


def below(roots: Sequence[int]) -> set[int]:
    """These processes, and those that they started."""
    found, look = set(roots), list(roots)
    while look:
        for tasks in Path(f"/proc/{look.pop()}/task").glob("*/children"):
            more = {int(child) for child in tasks.read_text().split()} - found
            found |= more
            look += more
    return found


def memory_of(roots: Sequence[int]) -> float:
    """MB; what processes share is counted once."""
    lines = (Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() for pid in below(roots))
    return sum(int(line.split()[1]) for each in lines for line in each if line.startswith("Pss:")) / 1024


def p50_p95(values: Sequence[float], unit: str = "s") -> str:
    """In seconds or milliseconds, and of how many."""
    if len(values) < 2:
        return f"of {len(values)}"
    times, digits = (1000, 0) if unit == "ms" else (1, 2)
    return f"p50 {median(values) * times:.{digits}f} {unit}, p95 {p95(values) * times:.{digits}f} {unit}, of {len(values)}"


def p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else float("nan")


def staff_reads(port: int, authority: str, host: str, cookie: str, paths: Sequence[str], a_second: float, seconds: float) -> Seen:
    """What a counsellor saw who reads ordinary messages through the proxy, in a process of its own, so many times a second."""
    act = partial(_reading, port, authority, host, cookie, paths, a_second, seconds)
    return together(reads=act)["reads"]


def _reading(
    port: int, authority: str, host: str, cookie: str, paths: Sequence[str], a_second: float, seconds: float, begin: float, seen: Seen
) -> None:
    secure = ssl.create_default_context(cafile=authority)
    line = http.client.HTTPSConnection("localhost", port, timeout=TIMEOUT, context=secure)
    for turn in range(int(a_second * seconds)):
        time.sleep(max(0.0, begin + turn / a_second - time.monotonic()))
        asked = time.monotonic()
        line.request("GET", paths[turn % len(paths)], headers={"Cookie": cookie, "Host": host})
        answer = line.getresponse()
        answer.read()
        seen.note(answer.status, time.monotonic() - asked)
    line.close()
