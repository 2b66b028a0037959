"""Every address below /desk/ that changes something, taken from the URL table, and one role that may."""

from collections.abc import Iterator

from tests.messaging.desk.roles.table import ADMIN, COUNSELLOR, LEAD, NOBODY, TABLE, may

# Where there is nothing, nothing can be changed; and where somebody signs in or out there is nothing of the service's own.
NOTHING = "desk/api/^"


def mutating() -> Iterator[tuple[str, str, str]]:
    """Route, method, and the role that may use it."""
    for route in TABLE:
        for method in ("POST", "PUT", "DELETE"):
            who = may(route, method)
            if who and route != NOTHING:
                yield route, method, next(role for role in (ADMIN, LEAD, COUNSELLOR, NOBODY) if role in who)
