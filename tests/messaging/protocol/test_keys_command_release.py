"""`manage.py keys release` signs a manifest by a key that the root certified, numbers it, and every altered byte is noticed."""

import json
from pathlib import Path

import pytest

from helpline.web.installation_script import PATH, InstallationScript
from messaging.protocol.encoding import BadCertificate, ProtocolError, decode, encode, site_of
from messaging.protocol.wire.releases import Release, canonical_json, manifest_asset
from tests.messaging.protocol.keytool import MANIFEST, good, keys, refused
from tests.parts.environment import root_public


def check(root: bytes, raw: bytes) -> Release:
    made = Release.parse(raw)
    made.certificate.check(root)
    made.check_signature(site_of(root))
    return made


def test_a_release_is_signed_numbered_and_notices_every_byte(tmp_path: Path) -> None:
    root = decode(good(tmp_path, "root", "--out", "root.key").value("HELPLINE_ROOT_KEY="), 32)
    own = ["--out", "release.key", "--certificate-out", "release.certificate"]
    good(tmp_path, "release-key", "--root", "root.key", "--days", "90", *own)
    assert (tmp_path / "release.key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "manifest.json").write_bytes(canonical_json(MANIFEST))
    given = ["release", "--root-public", "root.key", "--key", "release.key", "--certificate", "release.certificate"]
    given += ["--manifest", "manifest.json", "--no-epoch"]
    good(tmp_path, *given, "--out", "one.json")
    good(tmp_path, *given, "--out", "two.json", "--previous", "one.json")
    raw = (tmp_path / "two.json").read_bytes().rstrip(b"\n")
    assert [check(root, (tmp_path / name).read_bytes().rstrip(b"\n")).number for name in ("one.json", "two.json")] == [1, 2]
    # The signer adds the one file that no source has: this root, and the day of the release.
    own_script = InstallationScript(root, Release.parse(raw).made_on.isoformat()).script
    assert Release.parse(raw).manifest["assets"] == [*MANIFEST["assets"], manifest_asset(PATH, own_script)]
    for place in range(len(raw)):
        with pytest.raises(ProtocolError):
            check(root, raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
    with pytest.raises(BadCertificate):
        check(bytes(32), raw)
    refused(keys(tmp_path, *given, "--out", "two.json"), "two.json is there already")
    shown = good(tmp_path, "show", "release.key", "release.certificate", "two.json", passphrase=None).out
    for sentence in ("A release key file, closed with a passphrase.", "A certificate of a release key.", "Release 2 of 20", ": 2 files."):
        assert sentence in shown
    assert shown.count("Public key: ") == 3
    files = ["release.key", "release.certificate", "two.json"]
    assert "good  Release 2 holds." in good(tmp_path, "verify", "--root-public", "root.key", *files, passphrase=None).out
    other = keys(tmp_path, "verify", f"--root-public={encode(root_public())}", *files, passphrase=None)
    assert (other.code, other.out.count("BAD ")) == (1, 2)
    old = ["--first-day", "2020-01-01", "--out", "old.key", "--certificate-out", "old.certificate"]
    good(tmp_path, "release-key", "--root", "root.key", "--days", "9", *old)
    with_old = [each.replace("release.", "old.") for each in given]
    refused(keys(tmp_path, *with_old, "--out", "three.json"), "a day that its release key was not for")
    with_another = [each.replace("release.key", "old.key") for each in given]
    refused(keys(tmp_path, *with_another, "--out", "three.json"), "The certificate is of another release key")
    (tmp_path / "manifest.json").write_text(json.dumps({**MANIFEST, "assets": [{}]}))
    refused(keys(tmp_path, *given, "--out", "three.json"), "An asset")
