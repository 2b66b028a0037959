"""Nothing that anybody sends makes the server open a connection (SSRF): the code that could is not there, and none is opened."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.house.promises import outgoing
from tests.messaging.desk.roles.table import ADMIN, COUNSELLOR, TABLE
from tests.parts.environment import REPOSITORY, Installation
from tests.world.roles import World

# Who may open a connection, and to where.
ALLOWED = {
    "config/demo/start.py": "whether its own port is free; it connects to nothing",
    "config/demo/service.py": "the port that it serves at",
    "config/health.py": "the container's own health check, to itself",
    "messaging/release/verify/fetching.py": "the command with which an outsider checks a site (VERIFY.md); no view imports it",
    "helpline/web/outbox.py": "mail, to the server that the installation names",
    "messaging/members/invite.py": "the same",
    "config/management/commands/sendtestemail.py": "the same, when whoever runs the server tries it",
    "helpline/web/queue_health.py": "the broker that the installation names",
    "messaging/http/live_tickets.py": "the same: whether a hub hears its rings",
    "messaging/monitoring/hub.py": "the hub that the installation names, for its sums; for the status page alone",
    "messaging/hub/rings.py": "the same: a ring after a commit",
    "messaging/hub/listening.py": "the same, from the hub: it hears the rings",
    "config/hub.py": "the hub's process, which takes connections; its `asyncio` keeps the beat",
    "messaging/hub/seats.py": "`asyncio` keeps the beat; it connects to nothing",
    "messaging/hub/sockets.py": "the same",
}
WATCHED: list[list[object]] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    # An audit hook stays for as long as the process: it writes into a list only while somebody looks.
    if WATCHED and event == "socket.connect":
        WATCHED[-1].append(arguments[1])


sys.addaudithook(_audit)


@contextmanager
def connections() -> Generator[list[object]]:
    """Every address that this process connects to within the block."""
    WATCHED.append([])
    try:
        yield WATCHED[-1]
    finally:
        WATCHED.pop()


def test_only_these_modules_can_reach_another_machine() -> None:
    found = {str(path.relative_to(REPOSITORY)) for path in outgoing(REPOSITORY)}
    assert found == set(ALLOWED)


def test_no_view_imports_what_fetches() -> None:
    views = [path for room in ("messaging", "helpline", "config") for path in (REPOSITORY / room).rglob("*.py")]
    users = {str(path.relative_to(REPOSITORY)) for path in views if "messaging.release.verify" in path.read_text()}
    assert {name for name in users if not name.startswith("messaging/release/verify/")} <= {
        "messaging/management/commands/verify_site.py",
        "messaging/management/commands/manifest.py",
        "messaging/release/manifest.py",
    }


@pytest.mark.parametrize("role", [COUNSELLOR, ADMIN])
def test_no_address_makes_it_connect_to_what_a_visitor_names(world: World, installation: Installation, role: str) -> None:
    here = "http://127.0.0.1:9/internal"
    named = "&".join(f"{name}={here}" for name in ("next", "url", "back", "address", "feed", "image", "webhook", "q"))
    with connections() as made:
        for route in TABLE:
            # Django's own pages are many of few kinds: those of one model stand for all.
            if route.startswith("desk/admin/") and "closure" not in route:
                continue
            for method in ("GET", "POST"):
                world.ask(role, method, f"{world.address(route)}?{named}")
    known = {("127.0.0.1", installation.redis_port), ("localhost", installation.redis_port)}
    assert {tuple(address)[:2] for address in made if isinstance(address, tuple)} <= known


def test_a_connection_would_be_seen(installation: Installation) -> None:
    import socket

    with connections() as made, pytest.raises(OSError), socket.socket() as probe:  # noqa: PT011 - refused or without a way
        probe.connect(("127.0.0.1", 9))
    assert made == [("127.0.0.1", 9)]
