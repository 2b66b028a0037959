"""Every `keys` command that README tells people to type is one that the tool takes."""

import re
import shlex

import pytest

from messaging.management.commands.keys import Command
from tests.messaging.protocol.keytool import ROOT

TOLD = re.findall(r"`[^`]*?\bkeys ([^`]*)`", (ROOT / "README.md").read_text(encoding="utf-8"))


def test_readme_tells_of_them() -> None:
    assert {told.split()[0] for told in TOLD} == {"root", "certify", "epoch", "show", "verify"}


@pytest.mark.parametrize("told", TOLD)
def test_the_tool_takes_it(told: str) -> None:
    arguments = shlex.split(told.replace("FILE…", "one two"))
    assert Command().create_parser("manage.py", "keys").parse_args(arguments).part == arguments[0]
