"""Builds the documents into a site: docs/ together with the documents beside it, in a folder of their own."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.parts.environment import REPOSITORY

BESIDE = ("THREATS.md", "VERIFY.md", "SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md")
LINK = re.compile(r"(\]\(|<img src=\")(?:\.\./)*(?:docs/)?([\w./-]+)")


class NotBuilt(Exception):
    """The site generator found something to warn of; its text is what it said."""


def _moved(text: str, *, deeper: bool) -> str:
    """Its links as they are in the site, where all documents lie in one folder; those of deeper folders among each other stay."""

    def move(link: re.Match[str]) -> str:
        return link[0] if deeper and link[2] not in {Path(name).name for name in BESIDE} else link[1] + link[2]

    return LINK.sub(move, text)


def stage(folder: Path) -> None:
    """Lays the documents out as the site has them, in `folder`/docs, with the site's settings beside."""
    docs = folder / "docs"
    shutil.copytree(REPOSITORY / "docs", docs)
    shutil.copy(REPOSITORY / "zensical.toml", folder)
    for path in docs.glob("*.md"):
        path.write_text(_moved(path.read_text(encoding="utf-8"), deeper=False), encoding="utf-8")
    for name in BESIDE:
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        (docs / Path(name).name).write_text(_moved(text, deeper=False), encoding="utf-8")
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (docs / "index.md").write_text(_moved(readme, deeper=False), encoding="utf-8")


def build(folder: Path) -> Path:
    """Stages and builds; the site's folder. Raises NotBuilt for any warning."""
    stage(folder)
    command = [str(Path(sys.executable).parent / "zensical"), "build", "--strict", "--clean"]
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBuilt(re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)[-4000:])
    return folder / "site"
