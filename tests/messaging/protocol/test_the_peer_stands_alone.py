"""The peer needs no Django, no settings and no assert: it works the same in a bare, optimised Python."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
IMPORTS = """
import pkgutil, sys, importlib
import messaging.protocol.peer
for module in pkgutil.iter_modules(messaging.protocol.peer.__path__):
    importlib.import_module("messaging.protocol.peer." + module.name)
# The form of the installation's script: one pure module (an import contract says so), which pages and verifiers share.
shared = {"helpline", "helpline.web", "helpline.web.installation_script"}
rooms = {"django", "celery", "helpline", "config", "redis", "psycopg2"}
forbidden = [name for name in sys.modules if name.split(".")[0] in rooms and name not in shared]
sys.exit(", ".join(forbidden) or None)
"""
FAULTY = """
import json, pathlib, sys
from messaging.protocol.peer import ProtocolError
from tests.vectors.runner import run
wrong = []
for path in sorted(pathlib.Path("tests/vectors/cases").glob("*.json")):
    case = json.loads(path.read_text())
    try:
        fine = run(case) == case.get("expect")
    except ProtocolError:
        fine = "error" in case
    if not fine:
        wrong.append(path.stem)
sys.exit(", ".join(wrong) or None)
"""


AT_NIGHT = pytest.mark.night("every vector once more: by day in this Python, and here every module is imported")


@pytest.mark.parametrize(
    "programme", [pytest.param(IMPORTS, id="imports"), pytest.param(FAULTY, marks=AT_NIGHT, id="every vector, with python -O")]
)
def test_in_a_bare_python(programme: str) -> None:
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-O", "-c", programme], cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
