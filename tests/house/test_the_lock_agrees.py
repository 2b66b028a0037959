"""Every package is pinned, and pinned to the same version everywhere: pyproject.toml, requirements.lock, this environment."""

import re
import tomllib
from importlib import metadata

from tests.parts.environment import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
LOCK = (REPOSITORY / "requirements.lock").read_text()
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z0-9,_-]+\])?==([^\s;\\]+)")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lines: list[str]) -> dict[str, str]:
    """Names and exact versions; a line that pins nothing exactly is an error."""
    found = {}
    for line in lines:
        match = PIN.match(line)
        assert match, f"{line!r} does not pin an exact version"
        found[plain(match[1])] = match[2]
    return found


DIRECT = pins(PROJECT["project"]["dependencies"])
GROUPS = PROJECT["dependency-groups"]
# A group that takes in another names it; that one is here too.
DEVELOPMENT = pins([line for group in GROUPS.values() for line in group if isinstance(line, str)])
OTHERS = pins(PROJECT["tool"]["uv"]["constraint-dependencies"])
LOCKED = pins([line for line in LOCK.splitlines() if line and line[0].isalnum()])
INSTALLED = {plain(found.metadata["Name"]): found.version for found in metadata.distributions()}


def test_direct_dependencies_and_the_others_are_different_packages() -> None:
    assert not (DIRECT | DEVELOPMENT).keys() & OTHERS.keys()


def test_this_environment_has_nothing_that_is_not_pinned() -> None:
    pinned = DIRECT | DEVELOPMENT | OTHERS
    assert {name: version for name, version in INSTALLED.items() if pinned.get(name) != version} == {}


def test_the_lock_pins_what_the_project_pins() -> None:
    pinned = DIRECT | OTHERS
    assert {name: version for name, version in LOCKED.items() if pinned.get(name) != version} == {}
    assert DIRECT.keys() <= LOCKED.keys()


def test_every_locked_package_has_hashes_and_no_address() -> None:
    assert not re.search(r"^--|://", LOCK, re.MULTILINE)
    for name, entry in (
        (line.split("==")[0], entry) for entry in re.split(r"\n(?=[a-z0-9])", "\n" + LOCK) if (line := entry.strip())[:1].isalnum()
    ):
        assert "--hash=sha256:" in entry, name
