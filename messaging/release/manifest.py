"""What this very source serves, as an unsigned manifest (PROTOCOL §11.2)."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.urls import reverse
from django.utils import translation

from helpline.branding import FORM
from helpline.web import address_code
from helpline.web.csp import csp_policies
from messaging.protocol.wire.releases import manifest_asset

# The pages that a person or a member of staff meets without anything in the address that is not always there.
PAGES = ("home", "when", "read", "campaign", "write", "inbox", "confidential", "leaving", "kept")
HIDDEN = ["CVS", ".*", "*~"]  # As collectstatic leaves them out.


def static_files(built: Path) -> dict[str, bytes]:
    """The content of every static file by its path; the client's from the folder where it was built."""
    client = f"{settings.STATIC_URL}client/"
    found = {f"{client}{path.name}": path.read_bytes() for path in built.iterdir() if not path.name.startswith(".")}
    for finder in get_finders():
        for name, storage in finder.list(HIDDEN):
            path = f"{settings.STATIC_URL}{name}"
            # The first finder that has a name serves it.
            if path not in found and not path.startswith(client):
                found[path] = Path(storage.path(name)).read_bytes()
    return found


def release_manifest(built: Path | None = None) -> dict[str, Any]:
    """All but number, date, newest epoch and the installation's own script, which the signer gives; the client must be built."""
    built = built or Path(settings.CLIENT_BUILD)
    found = static_files(built)
    return {
        "assets": [manifest_asset(path, found[path]) for path in sorted(found)],
        "computed": [{"form": address_code.FORM, "path": reverse("address-code")}, {"form": FORM, "path": reverse("look")}],
        "made_on": "1970-01-01",
        "newest": "",
        "number": 0,
        "pages": manifest_pages(),
        "policies": [{"csp": each.csp, "integrity_policy": each.integrity, "paths": list(each.paths)} for each in csp_policies()],
        "source": {
            "client": (built / ".stamp").read_text(),
            "lock": hashlib.sha256((settings.BASE_DIR / "messaging" / "client" / "package-lock.json").read_bytes()).hexdigest(),
            "version": project_version(),
        },
        "version": 1,
    }


def project_version() -> str:
    """The version of this tree, as pyproject.toml has it."""
    return str(tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def manifest_pages() -> list[str]:
    """Public pages in every language, and the door of the desk."""
    found = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            found += [reverse(name) for name in PAGES]
    return [*found, reverse("account_login")]
