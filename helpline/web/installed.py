"""This installation's own script, as the settings and the signed release beside it make it (helpline/web/installation_script.py)."""

import json
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from helpline.web.installation_script import InstallationScript

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NEWEST = re.compile(r"([1-9][0-9]{0,9}\.[A-Za-z0-9_-]{43})?")


def installed_release() -> InstallationScript:
    """The root's key, what the release that is served says, and in a demonstration how far its clock is moved."""
    made_on, newest = _release_now()
    return InstallationScript(bytes(settings.ROOT_KEY or b""), made_on, newest, round(settings.CLOCK_OFFSET.total_seconds()))


def _release_now() -> tuple[str, str]:
    """The day on which the release was signed and the statement that it names, as the keepers wrote them; "" where there is none."""
    path = Path(settings.RELEASE_FILE)
    try:
        return _said(path, path.stat().st_mtime_ns)
    except OSError:
        return "", ""


@lru_cache(maxsize=2)
def _said(path: Path, changed: int) -> tuple[str, str]:
    """Read once each time that the file has changed. Someone who checks the site is told of one that cannot be read."""
    try:
        manifest = json.loads(path.read_bytes())["manifest"]
        made_on, newest = manifest["made_on"], manifest["newest"]
    except (ValueError, KeyError, TypeError):
        return "", ""
    # What is of another form would end the string in the script.
    fits = isinstance(made_on, str) and isinstance(newest, str) and _DAY.fullmatch(made_on) and _NEWEST.fullmatch(newest)
    return (made_on, newest) if fits else ("", "")
