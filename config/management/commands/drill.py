"""`manage.py drill`: what becomes of messages while one part after the other is killed, filled, frozen or slowed."""

import importlib.util
import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

FAULTS = (
    *("web-process", "web-server", "desk-server", "proxy", "hub", "worker", "worker-child", "beat", "redis", "postgres"),
    *("redis-full", "slow-disk", "two-beats", "beat-stopped", "broker-cut"),
)
NUMBERS = ("rate", "talks", "seconds", "cut", "beat_stopped")
LONGEST_SECONDS = 2 * 60 * 60


class Command(BaseCommand):
    """Starts an installation of its own, by docker-compose.yml's commands, as the tests do; that needs a checkout."""

    help = "Kills, fills, freezes and slows the parts of a test installation while people write and talk. Prints what happened."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rate", type=float, default=20, help="messages a second (20)")
        parser.add_argument("--talks", type=int, default=4, help="live talks that go on through all of it (4)")
        parser.add_argument("--seconds", type=float, default=60, help="how long each fault lasts, or a process is killed every ten (60)")
        parser.add_argument("--cut", type=float, default=300, help="how long the broker is cut off (300)")
        parser.add_argument("--beat-stopped", type=float, default=240, help="how long beat stands still; the alarm may take 210 (240)")
        parser.add_argument("--faults", default=",".join(FAULTS), help="these alone, with commas between: " + ", ".join(FAULTS))
        parser.add_argument("--seed", type=int, default=1, help="another seed, other victims (1)")

    def handle(self, *, faults: str, **options: Any) -> None:
        chosen = [name.strip() for name in faults.split(",")]
        if unknown := [name for name in chosen if name not in FAULTS]:
            raise CommandError(f"There is no fault called {', '.join(unknown)}. There are {', '.join(FAULTS)}.")
        for name in NUMBERS:
            if options[name] <= 0:
                raise CommandError(f"--{name.replace('_', '-')} must be more than nothing.")
        if options["cut"] + options["beat_stopped"] + len(chosen) * options["seconds"] > LONGEST_SECONDS:
            raise CommandError(
                "That takes more than two hours, and the drill's counsellors go home after three. Choose fewer seconds or faults."
            )
        os.chdir(settings.BASE_DIR)
        if importlib.util.find_spec("tests.drill") is None:
            raise CommandError("The drill needs the tests' own parts, and an image has none: run it in a checkout.")
        own = {name: options[name] for name in (*NUMBERS, "seed")}
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "tests.drill", json.dumps({**own, "faults": chosen})])  # noqa: S606 - this very Python
