"""The key tool, loaded once: a process that has read everything and forks one of its own for each run, which then begins as any other does.

To load it takes a second of computing, and tests run it some hundred times. It reads a line for each run (folder, arguments, and where what
is said goes) and answers with the exit code. What it is started with is all that a run knows of its surroundings.

By day the runs derive the slow key of the same words and salt once between them; a run at a terminal (`at_a_terminal`) derives its own.
"""

import atexit
import hashlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
import traceback
from functools import cache
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[3]
EACH_TIME = "--derive-each-time"


def serve() -> None:
    """Until nobody asks any more."""
    sys.path.insert(0, str(ROOT))
    os.environ |= {"HELPLINE_MODE": "offline", "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    import messaging.management.commands.keys  # noqa: F401 - what each run would load

    for name in ("HELPLINE_MODE", "DJANGO_SETTINGS_MODULE"):
        del os.environ[name]
    with tempfile.TemporaryDirectory() as derived:
        if EACH_TIME not in sys.argv:
            _derive_once(Path(derived))
        for line in sys.stdin:
            asked = json.loads(line)
            if (child := os.fork()) == 0:
                _run(**asked)
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201 - it is the answer


def _derive_once(folder: Path) -> None:
    """A process that a run forks leaves what it derived in a file, for those after it."""
    from messaging.protocol.peer import keys, primitives, root_key, vault

    real = primitives.slow

    def slow(text: str, salt: bytes) -> bytes:
        file = folder / hashlib.sha256(salt + text.encode()).hexdigest()
        if not file.exists():
            file.write_bytes(real(text, salt))
        return file.read_bytes()

    for room in (primitives, keys, root_key, vault):
        vars(room)["slow"] = slow


def _run(folder: str, arguments: list[str], out: str, err: str) -> NoReturn:
    """As `python manage.py keys …` in that folder, with nobody at its input."""
    code = 1
    try:
        for number, path, how in ((0, os.devnull, os.O_RDONLY), (1, out, os.O_WRONLY), (2, err, os.O_WRONLY)):
            os.dup2(os.open(path, how), number)
        os.chdir(folder)
        sys.argv = [str(ROOT / "manage.py"), "keys", *arguments]
        runpy.run_path(sys.argv[0], run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does for whatever nobody caught
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@cache
def loaded(surroundings: tuple[tuple[str, str], ...]) -> "subprocess.Popen[str]":
    """The one process with these surroundings; it ends with whoever started it."""
    from tests.parts.examples import by_night  # Not for the process itself, which loads what a run does.

    command = [sys.executable, str(Path(__file__)), *([EACH_TIME] if by_night() else [])]
    process = subprocess.Popen(command, env=dict(surroundings), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    # Its input ends, and so does it.
    atexit.register(process.communicate)
    return process


def run(folder: Path, arguments: list[str], surroundings: dict[str, str], said: Path) -> tuple[int, str, str]:
    """Exit code, output and errors of one run; `said` is a folder for the last two."""
    out, err = said / "out", said / "err"
    for path in (out, err):
        path.write_text("")
    process = loaded(tuple(sorted(surroundings.items())))
    assert process.stdin
    assert process.stdout
    asked = {"folder": str(folder), "arguments": arguments, "out": str(out), "err": str(err)}
    process.stdin.write(json.dumps(asked) + "\n")
    process.stdin.flush()
    return int(process.stdout.readline()), out.read_text(), err.read_text()


if __name__ == "__main__":
    serve()
