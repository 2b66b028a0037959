"""What every part of `manage.py keys` is made with: its name, and the options that several parts have."""

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Parts:
    """Adds parts to the command; `days` and `day` read a number of days and a date from what was typed."""

    add: Callable[[str, str], ArgumentParser]
    days: Callable[[str], int]
    day: Callable[[str], int]

    @staticmethod
    def passphrase(added: ArgumentParser) -> None:
        """The option that stands in for being asked."""
        added.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from a file instead of asking for it")

    @staticmethod
    def root_public(added: ArgumentParser) -> None:
        added.add_argument("--root-public", required=True, metavar="KEY", help="HELPLINE_ROOT_KEY, or a file with it, or the root key file")

    def signing_days(self, added: ArgumentParser) -> None:
        """For how long something that the root signs is good."""
        added.add_argument("--days", type=self.days, required=True, help="number of days, including the first")
        added.add_argument("--first-day", type=self.day, metavar="DATE", help="first day (today)")
