"""The parts of `manage.py keys` that make release keys and sign releases (PROTOCOL §11)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpline.clock import now
from messaging.management.commands._parts import Parts
from messaging.protocol.days import day_of
from messaging.protocol.peer import releases
from messaging.protocol.peer.showing import show_day


class ReleaseParts:
    """Mixed into the command, which asks for passphrases and speaks."""

    say: Callable[..., None]
    passphrase: Callable[[Path | None, str], str]
    new_passphrase: Callable[[Path | None], str]

    def add_release_parts(self, parts: Parts) -> None:
        key = parts.add("release-key", "Makes a release key, and the root's certificate for it.")
        key.add_argument("--root", type=Path, required=True, help="the root key file")
        parts.signing_days(key)
        key.add_argument("--out", type=Path, required=True, help="the new release key file")
        key.add_argument("--certificate-out", type=Path, required=True, help="the new certificate")
        parts.passphrase(key)

        release = parts.add("release", "Numbers and signs a manifest of what the site serves.")
        parts.root_public(release)
        release.add_argument("--key", type=Path, required=True, help="the release key file")
        release.add_argument("--certificate", type=Path, required=True, help="the root's certificate for it")
        release.add_argument("--manifest", type=Path, required=True, help="what manage.py manifest wrote")
        epochs = release.add_mutually_exclusive_group(required=True)
        epochs.add_argument("--epochs", type=Path, metavar="FILE", help="key-statements.json of the page “Keys”: its newest is named")
        epochs.add_argument("--no-epoch", action="store_true", help="none was opened yet: pages take any chain of this root's")
        release.add_argument("--previous", type=Path, help="the release before this one (none: this is number 1)")
        release.add_argument("--new-chain", action="store_true", help="the epoch that the release before names is gone, and you know why")
        release.add_argument("--out", type=Path, required=True, help="the new release, for the server")
        parts.passphrase(release)

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
        files = releases.ReleaseFiles(root_public, key, certificate, manifest, previous, out)
        at = now()
        newest = releases.newest_epoch_to_name(files, given["epochs"], day_of(at), new_chain=given["new_chain"])
        self.say(*newest.lines)
        made = releases.sign_manifest_file(
            files, newest.named, at.date(), lambda: self.passphrase(given["passphrase_file"], f"Passphrase of {key}: ")
        )
        self.say(f"Release {made.number} is in {out}: {len(made.manifest['assets'])} assets.", f"Its hash: {made.manifest_hash}")
