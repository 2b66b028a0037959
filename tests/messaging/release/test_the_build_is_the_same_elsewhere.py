"""In another folder, time zone, language and umask the same source gives what is served here, as `verify_site --source` says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from messaging.release.build import CLIENT
from tests.house.tools import files
from tests.messaging.release.tampering import ROOT, Served, serving
from tests.parts.environment import REPOSITORY


def test_somebody_else_builds_the_very_bytes_that_are_signed(client_build: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another place, with a longer name"
    for path in files():
        copy = elsewhere / path.relative_to(REPOSITORY)
        if copy.relative_to(elsewhere).parts[0] != "tests":
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    (elsewhere / CLIENT.relative_to(REPOSITORY) / "node_modules").symlink_to(CLIENT / "node_modules")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("HELPLINE_", "DJANGO_"))}
    with serving(Served(client_build, whole=True)) as origin:
        done = subprocess.run(
            [sys.executable, "manage.py", "verify_site", origin, f"--root-public={ROOT}", "--source"],
            cwd=elsewhere,
            env={**own, "TZ": "Pacific/Apia", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "HOME": str(tmp_path), "PYTHONHASHSEED": "7"},
            umask=0o077,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=200,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, ""), done
    assert "gives exactly what is signed: the client was built again." in done.stdout
    # It built there, not here.
    assert not (elsewhere / "messaging" / "static" / "client").exists()
