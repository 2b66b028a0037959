"""What the demonstration needs before its settings are read: its folder, its root key, its address and its clock.

Nothing here needs settings, so that one process does for both.
"""

import os
import secrets
import socket
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config.demo import folder as demo_folder
from messaging.protocol.encoding import encode
from messaging.protocol.peer.primitives import sign_public

LOOPBACK = "127.0.0.1"


class DemoCommand(BaseCommand):
    """The options of `manage.py demo`: read before there are settings, and again by the command itself."""

    help = "Runs the whole service on this machine, with made-up data, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where to serve on localhost (8000)")
        parser.add_argument("--data", type=Path, help="the folder that keeps the data (.demo beside manage.py)")
        parser.add_argument("--reset", action="store_true", help="delete what is in the folder, and fill it again")
        parser.add_argument("--at", help="start the service's clock at this instant, such as 2026-11-28T11:00:00+00:00")
        parser.add_argument("--seed-only", action="store_true", help="fill the folder and stop")
        parser.add_argument("--json", action="store_true", help="print one line of JSON when it is ready")


def prepare_demo(arguments: list[str], data: Path) -> None:
    """Makes the folder's root key when there is none, and puts what the settings read into the environment.

    The process ends here with a sentence, and nothing is made or removed, when the arguments cannot be used.
    """
    try:
        _prepare(DemoCommand().create_parser("manage.py", "demo").parse_args(arguments), data)
    except (CommandError, demo_folder.NotADemoFolder, OSError) as error:
        sys.exit(str(error))


def say_step(sentence: str) -> None:
    """One line on standard error about what the start is doing; standard output is left to the answer."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def cannot_be_used(port: int, error: OSError) -> str:
    """The sentence for a port that something else has."""
    return f"Port {port} cannot be used ({error.strerror}). Choose another with --port."


def parse_demo_instant(text: str) -> datetime:
    """An RFC 3339 instant with its offset; raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("no offset")
    return at.astimezone(UTC)


def _prepare(asked: Namespace, data: Path) -> None:
    """Raises CommandError, NotADemoFolder or OSError; nothing is made when the port or the instant will not do."""
    if not 1 <= asked.port <= 65_535:
        raise CommandError(f"--port must be from 1 to 65535, not {asked.port}.")
    try:
        offset = parse_demo_instant(asked.at) - datetime.now(UTC) if asked.at else timedelta()
    except ValueError as error:
        raise CommandError(f"--at must be an instant with its offset, such as 2026-11-28T11:00:00+00:00, not {asked.at!r}.") from error
    if not asked.seed_only:
        try:
            demand_free_port(asked.port)
        except OSError as error:
            raise CommandError(cannot_be_used(asked.port, error)) from error
    if asked.reset:
        demo_folder.clear_demo_folder(data)
    if demo_folder.load_demo_record(data) is None:
        make_demo_root(data)
    os.environ["HELPLINE_ORIGIN"] = f"http://localhost:{asked.port}"
    os.environ["HELPLINE_LIVE_KEY"] = secrets.token_urlsafe(32)
    os.environ["HELPLINE_CLOCK_OFFSET"] = str(round(offset.total_seconds()))


def make_demo_root(folder: Path) -> None:
    """A new root key: its public half where the settings read it, its seed in the record."""
    seed = os.urandom(32)
    demo_folder.save_demo_record(folder, demo_folder.DemoRecord(encode(seed)))
    (folder / demo_folder.ROOT_PUBLIC).write_bytes(sign_public(seed))


def demand_free_port(port: int) -> None:
    """Raises OSError when something else listens there, or this user may not: asked before anything is made that could not be served."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the web server asks: an address that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))
