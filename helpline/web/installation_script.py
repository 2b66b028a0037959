"""The one script that is an installation's own: whose root key its pages hold (PROTOCOL §11.2). The bundles import it. PURE."""

import base64
import re
from dataclasses import dataclass

CLIENT_PATH = "/static/client/"
PATH = f"{CLIENT_PATH}installation.js"
_FORM = re.compile(
    rb'export const ROOT="([A-Za-z0-9_-]{0,43})",MADE_ON="([0-9-]{0,10})",NEWEST="([0-9A-Za-z._-]{0,54})",MOVED=(-?[0-9]{1,10});\n'
)


@dataclass(frozen=True)
class InstallationScript:
    """What it says: the root's public key (32 bytes); of the signed release its day and the newest statement that it names; the clock.

    `made_on` and `newest` are "" where there is no release, `newest` also where no epoch counted when it was signed. `moved` says by how
    many seconds the clock is moved, and is 0 but in a demonstration.
    """

    root: bytes
    made_on: str = ""
    newest: str = ""
    moved: int = 0

    @property
    def script(self) -> bytes:
        """Its every byte."""
        key = base64.urlsafe_b64encode(self.root).decode("ascii").rstrip("=")
        return f'export const ROOT="{key}",MADE_ON="{self.made_on}",NEWEST="{self.newest}",MOVED={self.moved};\n'.encode("ascii")


def read_installation_script(script: bytes) -> InstallationScript | None:
    """What such a script says; None for anything of another form."""
    found = _FORM.fullmatch(script)
    if found is None:
        return None
    root = base64.urlsafe_b64decode(found[1] + b"=" * (-len(found[1]) % 4))
    made = InstallationScript(root, found[2].decode("ascii"), found[3].decode("ascii"), int(found[4]))
    return made if made.script == script else None
