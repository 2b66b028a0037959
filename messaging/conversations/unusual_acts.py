"""What one person does unusually often, told to the leads: opening, closing or blocking. PURE."""

from enum import StrEnum


class CountedAct(StrEnum):
    """What is counted, each over its own time."""

    OPENED = "opened"
    CLOSED = "closed"
    BLOCKED = "blocked"


# More than so many is unusual: conversations opened in a day; closed in an hour; blocked in an hour.
USUAL = {CountedAct.OPENED: 40, CountedAct.CLOSED: 10, CountedAct.BLOCKED: 3}


def is_unusual(act: CountedAct, number: int) -> bool:
    """Whether someone did this more often than anyone does in a usual day or hour."""
    return number > USUAL[act]


def becomes_unusual(act: CountedAct, number: int) -> bool:
    """Whether it becomes unusual with the newest of so many acts: the leads are told then, and not at each one after it."""
    return is_unusual(act, number) and not is_unusual(act, number - 1)
