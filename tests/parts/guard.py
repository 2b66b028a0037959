"""What no test may do: speak to another machine, or leave an error in the log that it did not expect."""

import ipaddress
import logging
import socket
import sys
from collections.abc import Callable
from typing import Any

import pytest

LOCAL_NAMES = {"localhost", "", None, "0.0.0.0", "::", socket.gethostname()}  # noqa: S104 - names to look up, nothing is bound


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            raise PermissionError(f"A test may not reach {address[0]}: only this machine's loopback.")
    elif event == "socket.getaddrinfo" and not _is_loopback(arguments[0]):
        raise PermissionError(f"A test may not look up {arguments[0]}: only this machine's loopback.")


def refuse_the_network() -> None:
    """From here on this process reaches nothing but the loopback. It cannot be undone."""
    sys.addaudithook(_audit)


class Errors(logging.Handler):
    """Keeps each record of level ERROR or above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def lines(self) -> list[str]:
        formatter = logging.Formatter("%(name)s: %(message)s")
        return [formatter.format(record) for record in self.records]


def no_errors_in(read: Callable[[], str], request: pytest.FixtureRequest) -> None:
    """Fails the test where a process of its own logged an error, unless it is marked logs_errors."""
    if request.node.get_closest_marker("logs_errors"):
        return
    lines = [line for line in read().splitlines() if " ERROR " in line or "[ERROR]" in line or line.startswith("Traceback")]
    if lines:
        pytest.fail("A process logged errors:\n" + "\n".join(lines[:20]) + "\n\n" + read()[-3000:], pytrace=False)
