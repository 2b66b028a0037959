"""A fault begins, is held for some seconds, and ends."""

from collections.abc import Callable

EACH_KILL_SECONDS = 10  # So often within its time a process is killed again.


class Fault:
    """One, by the name that --faults knows it by."""

    kills = False

    def __init__(self, name: str, begin: Callable[[], object], end: Callable[[], object] = lambda: None) -> None:
        self.name, self.begin, self.end = name, begin, end

    def middle(self, held: float) -> None:
        """When half of `held`, all its seconds, is over."""

    def seen(self) -> str:
        """What else it showed, in a few words; after its end."""
        return ""

    def wrong(self, held: float) -> list[str]:
        """What it showed and should not have."""
        return []


class Kill(Fault):
    """kill -9, and what starts it again; as often as there is time for."""

    kills = True
