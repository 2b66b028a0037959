"""The parts of `manage.py keys` that make release keys and sign releases (PROTOCOL §11)."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpline.clock import now
from messaging.protocol.days import day_of
from messaging.protocol.peer import releases
from messaging.protocol.peer.showing import show_day


class ReleaseParts:
    """Mixed into the command, which asks for passphrases and speaks."""

    say: Callable[..., None]
    passphrase: Callable[[Path | None, str], str]
    new_passphrase: Callable[[Path | None], str]

    def add_release_parts(
        self,
        part: Callable[[str, str], ArgumentParser],
        passphrase: Callable[[ArgumentParser], None],
        root_public: Callable[[ArgumentParser], None],
        some_days: Callable[[str], int],
        a_day: Callable[[str], int],
    ) -> None:
        key = part("release-key", "Makes a release key, and the root's certificate for it.")
        key.add_argument("--root", type=Path, required=True, help="the root key file")
        key.add_argument("--days", type=some_days, required=True, help="number of days, including the first")
        key.add_argument("--first-day", type=a_day, metavar="DATE", help="first day (today)")
        key.add_argument("--out", type=Path, required=True, help="the new release key file")
        key.add_argument("--certificate-out", type=Path, required=True, help="the new certificate")
        passphrase(key)

        release = part("release", "Numbers and signs a manifest of what the site serves.")
        root_public(release)
        release.add_argument("--key", type=Path, required=True, help="the release key file")
        release.add_argument("--certificate", type=Path, required=True, help="the root's certificate for it")
        release.add_argument("--manifest", type=Path, required=True, help="what manage.py manifest wrote")
        release.add_argument("--previous", type=Path, help="the release before this one (none: this is number 1)")
        release.add_argument("--out", type=Path, required=True, help="the new release, for the server")
        passphrase(release)

    def release_key(self, *, root: Path, out: Path, certificate_out: Path, passphrase_file: Path | None, **given: Any) -> None:
        first_day = day_of(now()) if given["first_day"] is None else given["first_day"]
        days = first_day, first_day + given["days"] - 1
        releases.make_release_key(
            root,
            out,
            certificate_out,
            days,
            lambda: self.passphrase(passphrase_file, f"Passphrase of {root}: "),
            lambda: self.new_passphrase(passphrase_file),
        )
        self.say(f"The release key is in {out}, its certificate in {certificate_out}, for {show_day(days[0])} to {show_day(days[1])}.")

    def release(
        self, *, root_public: str, key: Path, certificate: Path, manifest: Path, previous: Path | None, out: Path, **given: Any
    ) -> None:
        made = releases.sign_manifest_file(
            root_public,
            key,
            certificate,
            manifest,
            previous,
            out,
            now().date(),
            lambda: self.passphrase(given["passphrase_file"], f"Passphrase of {key}: "),
        )
        self.say(f"Release {made.number} is in {out}: {len(made.manifest['assets'])} assets.", f"Its hash: {made.manifest_hash}")
