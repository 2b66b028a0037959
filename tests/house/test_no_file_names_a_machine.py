"""What is in the repository works anywhere: no registry's host, no folder of somebody's machine."""

import re

from tests.house.tools import files
from tests.parts.environment import REPOSITORY

# Written in parts, so that this file does not hold what it looks for.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "registry." + "yarnpkg",
    "deb." + "debian.org",
]
FOLDERS = re.compile(rb"(?<![\w.:/-])/(?:root|work|home/[a-z]+|Users/[A-Za-z]+)/")


def test_no_registry_is_named() -> None:
    found = [f"{path.relative_to(REPOSITORY)}: {host}" for path in files() for host in HOSTS if host.encode() in path.read_bytes().lower()]
    assert not found


def test_no_folder_of_a_machine_is_named() -> None:
    found = [
        f"{path.relative_to(REPOSITORY)}: {match.group().decode()}" for path in files() for match in FOLDERS.finditer(path.read_bytes())
    ]
    assert not found
