"""`manage.py verify_site`: whether a running site serves what its keepers signed; for anyone, from anywhere (VERIFY.md)."""

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from helpline.clock import now
from helpline.web.installation_script import InstallationScript
from messaging.protocol.encoding import ProtocolError, decode
from messaging.protocol.wire.releases import Release, with_installation_script
from messaging.release.build import BuildFailed, build_client
from messaging.release.manifest import release_manifest
from messaging.release.verify import (
    CannotReach,
    Fetcher,
    SiteCheck,
    check_desk_keys,
    check_root_script,
    check_served_files,
    check_signed_release,
    source_differences,
)

UNREACHED = 2


class Command(BaseCommand):
    """Ends with 1 when anything differs, with 2 when it could not look."""

    help = "Compares what a site serves with its signed manifest and, with --source, with a build of this source. Needs no database."
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """As always, but a key that begins with a hyphen, as one in 64 does, is still a key."""
        joined: list[str] = []
        for each in argv:
            if joined and joined[-1] == "--root-public":
                joined[-1] += f"={each}"
            else:
                joined.append(each)
        super().run_from_argv(joined)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", help="its address, such as https://helpline.example")
        parser.add_argument("--root-public", required=True, metavar="KEY", help="the root's public key, or a file that has it")
        parser.add_argument("--previous", type=Path, metavar="FILE", help="the newest release seen so far; it is compared and then updated")
        parser.add_argument("--source", action="store_true", help="build the client from this source, and compare it with what is signed")
        parser.add_argument("--page", action="append", default=[], metavar="PATH", help="one more page to check, such as /read/1")

    def handle(self, *, site: str, root_public: str, previous: Path | None, source: bool, page: list[str], **_: Any) -> None:
        at, root, seen, check = now(), _root(root_public), _remembered(previous), SiteCheck()
        if not all(each.startswith("/") for each in page):
            raise CommandError("--page takes a path of the site, such as /read/1.")
        try:
            with closing(Fetcher(site)) as fetcher:
                release = check_signed_release(check, fetcher, root, at, seen)
                if release is not None:
                    if previous is not None and (seen is None or release.number > seen.number):
                        _remember(previous, release)
                    check_root_script(check, fetcher, release, root)
                    check_served_files(check, fetcher, release.manifest, page)
                    if source:
                        _compare(check, release, root)
                check_desk_keys(check, fetcher, root, at, [each for each in (seen, release) if each is not None])
        except CannotReach as error:
            self._tell(check)
            raise CommandError(str(error), returncode=UNREACHED) from error
        self._tell(check)
        if release is not None:
            self.stdout.write(f"Hash of release {release.number}, to compare with what others see: {release.manifest_hash}")
        if check.differences:
            raise CommandError(f"{len(check.differences)} differences at {fetcher.origin}.")

    def _tell(self, check: SiteCheck) -> None:
        for holds, sentence in check.said:
            plain = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in sentence)
            (self.stdout if holds else self.stderr).write(f"{'good' if holds else 'BAD '}  {plain}")


def _root(given: str) -> bytes:
    try:
        return decode(given if len(given) == 43 else Path(given).read_text(encoding="ascii").strip(), 32)
    except (OSError, ValueError, ProtocolError) as error:
        raise CommandError(f"{given!r} is neither a root's public key (43 characters) nor a file that has one.") from error


def _remembered(path: Path | None) -> Release | None:
    if path is None or not path.exists():
        return None
    try:
        return Release.parse(path.read_bytes().rstrip(b"\n"))
    except (OSError, ProtocolError) as error:
        raise CommandError(f"This command did not write {path}, so it is not a release to compare with.") from error


def _remember(path: Path, release: Release) -> None:
    """Whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(release.raw + b"\n")
        draft.replace(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def _compare(check: SiteCheck, release: Release, root: bytes) -> None:
    with TemporaryDirectory() as folder:
        try:
            build_client(Path(folder))
        except BuildFailed as error:
            raise CommandError(str(error), returncode=UNREACHED) from error
        script = InstallationScript(root, release.made_on.isoformat(), release.manifest["newest"])
        own = with_installation_script(release_manifest(Path(folder)), script)
        found = list(source_differences(release.manifest, own))
    for sentence in found:
        check.differs(sentence)
    if not found:
        check.holds(
            f"This source, version {release.manifest['source']['version']}, gives exactly what is signed: the client was built again."
        )
