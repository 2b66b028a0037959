"""The one script that is an installation's own: whose root key its pages hold (PROTOCOL §11.2). The bundles import it. PURE."""

import base64
import re
from dataclasses import dataclass

PATH = "/static/client/installation.js"
_FORM = re.compile(rb'export const ROOT="([A-Za-z0-9_-]{0,43})",MADE_ON="([0-9-]{0,10})",MOVED=(-?[0-9]{1,10});\n')


@dataclass(frozen=True)
class InstallationScript:
    """What it says: the root's public key (32 bytes); the day of the signed release, "" where none is; how far the clock is moved.

    `moved` is in seconds, and 0 but in a demonstration.
    """

    root: bytes
    made_on: str = ""
    moved: int = 0

    @property
    def script(self) -> bytes:
        """Its every byte."""
        key = base64.urlsafe_b64encode(self.root).decode("ascii").rstrip("=")
        return f'export const ROOT="{key}",MADE_ON="{self.made_on}",MOVED={self.moved};\n'.encode("ascii")


def read_installation_script(script: bytes) -> InstallationScript | None:
    """What such a script says; None for anything of another form."""
    found = _FORM.fullmatch(script)
    if found is None:
        return None
    made = InstallationScript(base64.urlsafe_b64decode(found[1] + b"=" * (-len(found[1]) % 4)), found[2].decode("ascii"), int(found[3]))
    return made if made.script == script else None
