"""This installation's own script, as the settings and the signed release beside it make it (helpline/web/installation_script.py)."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from helpline.web.installation_script import InstallationScript


def installed_release() -> InstallationScript:
    """The root's key, the day of the release that is served, and in a demonstration how far its clock is moved."""
    return InstallationScript(bytes(settings.ROOT_KEY or b""), release_day(), round(settings.CLOCK_OFFSET.total_seconds()))


def release_day() -> str:
    """The day on which the release was signed, as the keepers wrote it; "" where there is none."""
    path = Path(settings.RELEASE_FILE)
    try:
        return _made_on(path, path.stat().st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=2)
def _made_on(path: Path, changed: int) -> str:
    """Read once for each time that the file has changed; whoever checks the site is told of one that cannot be read."""
    try:
        said = json.loads(path.read_bytes())["manifest"]["made_on"]
    except (ValueError, KeyError, TypeError):
        return ""
    return said if isinstance(said, str) and said.isascii() and len(said) == len("2026-11-29") else ""
