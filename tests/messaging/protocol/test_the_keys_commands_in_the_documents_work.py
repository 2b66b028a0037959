"""Every `keys` command that docs/operate.md and VERIFY.md tell people to type is one that the tool takes."""

import re
import shlex

import pytest

from messaging.management.commands.keys import Command
from tests.messaging.protocol.keytool import ROOT

FILES = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("docs/operate.md", "VERIFY.md"))
TOLD = re.findall(r"`(?:[^`]*manage\.py )?keys ([^`]*)`", FILES)


def test_they_tell_of_all_but_vault() -> None:
    assert {told.split()[0] for told in TOLD} == {"root", "certify", "confirm", "epoch", "show", "verify", "release-key", "release"}


@pytest.mark.parametrize("told", TOLD)
def test_the_tool_takes_it(told: str) -> None:
    arguments = shlex.split(told.replace("FILE…", "one two"))
    assert Command().create_parser("manage.py", "keys").parse_args(arguments).part == arguments[0]
