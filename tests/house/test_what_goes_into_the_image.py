"""What goes into the image: what is named in .dockerignore, and no dump, key or certificate that lies beside it."""

import re
import subprocess
from datetime import date, timedelta
from fnmatch import translate
from pathlib import PurePosixPath

import pytest

from tests.house.tools import files
from tests.parts.commands import compose
from tests.parts.environment import REPOSITORY

RULES = [line for line in (REPOSITORY / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text()
PRIVATE = [
    ".env",
    ".env.old",
    "helpline-2026-11-29.dump",
    "helpline.unfinished",
    "root.key",
    "moira.certificate",
    "key-statements.json",
    "request-1.txt",
    "release/release.json",
    "release.json",
    "config/root.key",
    "config/.env",
    "messaging/helpline.dump",
    "templates/moira.certificate",
]


def matches(pattern: str, path: str) -> bool:
    """As docker reads a line: a folder's rule is about all below it, ** is any number of folders."""
    parents = [path, *(str(parent) for parent in PurePosixPath(path).parents if str(parent) != ".")]
    anywhere = pattern.removeprefix("**/")
    if anywhere != pattern:
        return any(re.fullmatch(translate(anywhere), PurePosixPath(each).name) for each in parents)
    deep = translate(pattern).replace(".*", "[^/]*")
    return any(re.fullmatch(deep, each) for each in parents)


def goes_in(path: str) -> bool:
    """The last rule that matches decides."""
    inside = True
    for rule in RULES:
        if matches(rule.removeprefix("!"), path):
            inside = rule.startswith("!")
    return inside


@pytest.mark.parametrize("path", PRIVATE)
def test_what_an_operator_leaves_here_stays_here(path: str) -> None:
    assert not goes_in(path)
    assert goes_in("config/settings.py")


@pytest.mark.parametrize("path", PRIVATE)
def test_nor_is_it_offered_to_git(path: str) -> None:
    done = subprocess.run(["git", "check-ignore", "--quiet", "--no-index", path], cwd=REPOSITORY, check=False)
    assert done.returncode == 0


def test_all_that_the_service_needs_goes_in_and_no_test() -> None:
    inside = {str(path.relative_to(REPOSITORY)) for path in files() if goes_in(str(path.relative_to(REPOSITORY)))}
    ours = {str(path.relative_to(REPOSITORY)) for path in files()}
    needed = {path for path in ours if path.split("/")[0] in {"config", "helpline", "messaging", "templates"} and "/." not in path}
    handbook = {path for path in ours if path.startswith("docs/handbook/")}
    assert handbook, "the desk shows it under “Help”"
    assert inside == needed | handbook | {"LICENSE", "manage.py", "pyproject.toml", "requirements.lock"}


def test_what_the_dockerfile_copies_goes_in() -> None:
    for source in re.findall(r"^COPY (?!--from)(\S+) \S+$", DOCKERFILE, re.MULTILINE):
        assert source == "." or goes_in(source), source


def looked_at() -> dict[str, date]:
    """The table of CONTRIBUTING.md."""
    rows = re.findall(r"^\| `([^`]+:[^`]+)` \| (\d{4}-\d\d-\d\d) \|$", (REPOSITORY / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    return {image: date.fromisoformat(day) for image, day in rows}


def test_somebody_has_looked_for_a_newer_one_of_each_image() -> None:
    used = {service["image"] for service in compose()["services"].values() if ":" in service["image"]}
    assert looked_at().keys() == used | set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))


def test_the_audit_says_when_nobody_has_looked_for_two_months() -> None:
    """The part of .ci/audit that asks no registry, with a table of now and one of long ago."""
    script = (REPOSITORY / ".ci" / "audit").read_text()
    part = "found=0\n" + script[script.index("MOST_DAYS=") : script.index('exit "$found"')].replace("CONTRIBUTING.md)", "/dev/stdin)")
    for days, code in ((59, 0), (61, 1)):
        day = date.today() - timedelta(days=days)  # noqa: DTZ011 - the script reads this machine's clock
        done = subprocess.run(
            ["bash", "-c", part + 'exit "$found"'], input=f"| `caddy:1.0` | {day} |\n", capture_output=True, text=True, check=False
        )
        assert (done.returncode, "nobody has looked for a newer one" in done.stdout) == (code, bool(code)), done.stderr
