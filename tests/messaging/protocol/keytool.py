"""Runs `manage.py keys` as a process of its own, in an environment that knows nothing of any installation."""

import json
import os
import pty
import select
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import make_root_confirmation, open_site
from messaging.protocol.peer.primitives import sign_public
from messaging.protocol.peer.root_key import open_root_key
from messaging.protocol.wire import Certificate, Statement
from tests.messaging.protocol import loaded_keytool

ROOT = Path(__file__).parents[3]
# Long enough for a root key file, and six words as a vault wants them.
PASSPHRASE = "correct horse brown island seven ocean"
PATIENCE = 60  # Seconds.

POLICY = {"csp": "default-src 'none'", "integrity_policy": "", "paths": ["/*"]}
MANIFEST: dict[str, Any] = {
    "assets": [{"integrity": "sha384-A", "path": "/static/a.js", "sha256": "00", "size": 1}],
    "computed": [],
    "made_on": "1970-01-01",
    "newest": "",
    "number": 0,
    "pages": ["/"],
    "policies": [POLICY],
    "source": {"client": "", "lock": "", "version": "0.1.0"},
    "version": 1,
}

# Without a terminal of its own, Ctrl-C would reach nobody.
OWN_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str

    def value(self, name: str) -> str:
        """What stands after `name` on a line of the output."""
        return next(line.strip().removeprefix(name).strip() for line in self.out.splitlines() if line.strip().startswith(name))


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


def keys(folder: Path, *arguments: str | Path, passphrase: str | None = PASSPHRASE) -> Done:
    """Runs in the folder, with the passphrase in a file where one is given."""
    if passphrase is not None:
        (folder / "passphrase").write_text(passphrase + "\n", encoding="utf-8")
        arguments = (*arguments, "--passphrase-file", "passphrase")
    with tempfile.TemporaryDirectory() as said:
        return Done(*loaded_keytool.run(folder, [*map(str, arguments)], environment(), Path(said)))


def at_a_terminal(folder: Path, arguments: list[str], answers: dict[str, str]) -> Done:
    """A run whose questions are answered by somebody who types; everything on the terminal is its output.

    Raises:
        AssertionError: it says nothing for a minute, as where it asks in words that have no answer.
    """
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-c", OWN_TERMINAL, str(ROOT / "manage.py"), "keys", *arguments]
    with subprocess.Popen(
        command, cwd=folder, env=environment(), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        seen = b""
        waiting = list(answers.items())
        while True:
            if not select.select([terminal], [], [], PATIENCE)[0]:
                process.kill()
                raise AssertionError(f"it waits after: {seen.decode()}")
            try:
                seen += os.read(terminal, 1)
            except OSError:  # nobody has the terminal open any more
                break
            # Answers that come before the question are thrown away, as they should be.
            if waiting and seen.endswith(waiting[0][0].encode()):
                os.write(terminal, (waiting.pop(0)[1] + "\n").encode())
    os.close(terminal)
    return Done(process.returncode, seen.decode(), "")


def good(folder: Path, *arguments: str | Path, passphrase: str | None = PASSPHRASE) -> Done:
    """A run that must succeed."""
    done = keys(folder, *arguments, passphrase=passphrase)
    assert (done.code, done.err) == (0, ""), done
    return done


def refused(done: Done, sentence: str) -> None:
    """The run ended with this in its one sentence, and without a traceback."""
    assert done.code == 1
    assert sentence in done.err, done.err
    assert done.err.startswith("CommandError: ")
    assert done.err.count("\n") == 1
    assert done.err.rstrip().endswith(".")


def counsellor(folder: Path, name: str, *more: str) -> None:
    """A vault, a request and a certificate: name.vault, name.request, name.cert."""
    good(folder, "vault", "--root-public", "root.key", "--out", f"{name}.vault", "--request-out", f"{name}.request")
    good(
        folder,
        "certify",
        "--root",
        "root.key",
        "--request",
        f"{name}.request",
        "--name",
        name,
        "--days",
        "90",
        "--yes",
        "--out",
        f"{name}.cert",
        *more,
    )


def me_json(folder: Path, name: str, *epochs: str) -> dict[str, Any]:
    """What the desk would say to a counsellor (PROTOCOL §8.1) who made vault and certificate here, after these epochs."""

    def text(file: str) -> str:
        return (folder / file).read_text().strip()

    own = Certificate.parse(decode(text(f"{name}.cert")))
    bodies = [json.loads(text(each)) for each in epochs]
    return {
        "counsellor_id": encode(own.counsellor_id),
        "display_name": name,
        "vaults": [
            {"id": 2, "kind": 2, "record": encode(b"\2" + bytes(108)), "credential_id": "AAAA"},
            {"id": 1, "kind": 1, "record": text(f"{name}.vault"), "credential_id": None},
        ],
        "certificate": text(f"{name}.cert"),
        "request": text(f"{name}.request"),
        "grants": [
            grant
            for body in bodies
            for grant in body["grants"]
            if decode(grant["certificate_id"]) == own.certificate_id or grant["epoch"] == len(bodies)
        ],
        "statements": [body["statement"] for body in bodies],
        "confirmations": [text(confirmation(folder, each)) for each in epochs],
        "certificates": [text(path.name) for path in sorted(folder.glob("*.cert"))],
        "current": len(bodies) or None,
        "checkpoint": None,
    }


def confirmation(folder: Path, epoch: str) -> str:
    """The file with the root's confirmation of an epoch, made by the peer where there is none yet: `keys confirm` has tests of its own."""
    path = folder / f"{epoch}.confirmation"
    if not path.exists():
        seed = open_root_key((folder / "root.key").read_text().strip(), PASSPHRASE)
        site = open_site(sign_public(seed), "https://helpline.example")
        statement = Statement.parse(decode(json.loads((folder / epoch).read_text())["statement"]))
        path.write_text(encode(make_root_confirmation(seed, site, statement)))
    return path.name


def certificate_files(roster: list[str]) -> list[str]:
    return [f"{name}.cert" for name in roster]


def epoch(folder: Path, out: str, roster: list[str], *more: str, by: str = "Moira") -> Done:
    """A run of `keys epoch`."""
    own = ["--root-public", "root.key", "--vault", f"{by}.vault", "--certificate", f"{by}.cert"]
    return keys(folder, "epoch", *own, "--certificates", *certificate_files(roster), "--out", out, *more)


def export(folder: Path, *epochs: str, confirmed: int = 0) -> None:
    """What the desk's page “Keys” gives, with the first so many epochs confirmed."""
    bodies = [json.loads((folder / each).read_text()) for each in epochs]
    certificates = [
        (folder / f"{name}.cert").read_text().strip() for name in ("Moira", "Callum", "Isla") if (folder / f"{name}.cert").exists()
    ]
    grants = [{"epoch": one["epoch"], "certificate_id": one["certificate_id"]} for body in bodies for one in body["grants"]]
    shown = good(folder, "show", "root.key", passphrase=None).value("Public key, HELPLINE_ROOT_KEY:")
    content: dict[str, Any] = {
        "root": shown,
        "made_on": "2026-11-30",
        "statements": [body["statement"] for body in bodies],
        "confirmations": [(folder / confirmation(folder, each)).read_text().strip() for each in epochs[:confirmed]],
        "certificates": [{"certificate": raw, "withdrawn": False} for raw in certificates],
        "grants": grants,
    }
    (folder / "key-statements.json").write_text(json.dumps(content))
