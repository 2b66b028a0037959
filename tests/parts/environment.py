"""The installation under test: its addresses, secrets and root, laid into the environment before any settings are read."""

import atexit
import base64
import fcntl
import hashlib
import os
import random
import shutil
import socket
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ARTEFACTS = REPOSITORY / "test-artefacts"
ROOT_SEED = hashlib.sha256(b"the root of the installation under test").digest()
PASSWORD = "loopback-only-7Qd"  # Of parts that live for one run, on the loopback.
LIVE_KEY = "the-live-key-of-the-installation-under-test"


def free_port() -> int:
    """A port of the loopback that nobody listens on and no other process of the tests was given.

    It stays this process's own until that ends, however it ends: who starts a part later finds it free. It lies outside the range
    that the system gives to outgoing connections.
    """
    folder = Path(tempfile.gettempdir()) / f"helpline-test-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    for port in random.sample(range(20_001, 32_000, 2), 200):
        # A bare descriptor, for the system to close: a file object that is open at the end would be warned about.
        kept = os.open(folder / str(port), os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(kept, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            os.close(kept)
            continue
        return port
    raise RuntimeError("No loopback port is free between 20001 and 32000.")


@dataclass(frozen=True)
class Installation:
    """Where each part of this run lives. The database's name is the one that Django gives to its test database."""

    folder: Path
    web_port: int
    postgres_port: int
    redis_port: int

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.web_port}"

    @property
    def redis_url(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self.redis_port}/0"

    def database_url(self, name: str) -> str:
        return f"postgresql://helpline:{PASSWORD}@127.0.0.1:{self.postgres_port}/{name}"


def new_installation() -> Installation:
    """Chosen afresh for each run, so that two runs on one machine never meet."""
    folder = Path(tempfile.mkdtemp(prefix="helpline-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)  # Postgres runs as another user, in a folder below it.
    for name in ("static", "logs", "data"):
        (folder / name).mkdir()
    web, postgres, redis = (free_port() for _ in range(3))
    return Installation(folder, web, postgres, redis)


def root_public() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(ROOT_SEED).public_key().public_bytes_raw()


def write_storage_keys(path: Path) -> None:
    """As `manage.py storage_keys new` would, before any settings are read."""
    secret = base64.urlsafe_b64encode(hashlib.sha256(b"the storage key of the installation under test").digest()).decode()
    path.write_text(f"current {date.today().isoformat()} {secret}\n")  # noqa: DTZ011 - no service reads it yet
    path.chmod(0o600)


def keep_what_is_compiled() -> None:
    """A run starts some hundred processes: where the surroundings forbid it, each would compile Django and all of this anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def lay_out(installation: Installation, without: frozenset[str]) -> None:
    """Sets HELPLINE_…, for this process and those it starts: deployed with Postgres, or embedded in SQLite where that was waived."""
    for name in [name for name in os.environ if name.startswith("HELPLINE_")]:
        del os.environ[name]
    keep_what_is_compiled()
    public = root_public()
    data = installation.folder / "data"
    write_storage_keys(data / "storage-keys")
    if "postgres" in without:
        (data / "root.public").write_bytes(public)
        os.environ |= {"HELPLINE_MODE": "embedded", "HELPLINE_DATA": str(data)}
    else:
        os.environ |= {
            "HELPLINE_MODE": "deployed",
            "HELPLINE_DATABASE_URL": installation.database_url("helpline"),
            "HELPLINE_REDIS_URL": installation.redis_url,
            "HELPLINE_ROOT_KEY": base64.urlsafe_b64encode(public).rstrip(b"=").decode(),
            "HELPLINE_SECRET_KEY": "the secret key of the installation under test, fifty characters",
            "HELPLINE_STORAGE_KEYS_FILE": str(data / "storage-keys"),
            "HELPLINE_TRUSTED_PROXIES": "0",
        }
    os.environ["HELPLINE_ORIGIN"] = installation.origin
    os.environ["HELPLINE_FLOOD_FROM"] = "1000000"  # Only tests about floods meet one.
    os.environ["HELPLINE_STATIC_ROOT"] = str(installation.folder / "static")
