"""`manage.py keys vault` makes a vault and its request away from the browser, which opens it all the same."""

from pathlib import Path

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import fingerprint, open_site, open_vault
from messaging.protocol.wire import Request
from tests.messaging.protocol.keytool import PASSPHRASE, good, keys, refused


def test_vault_and_request_belong_together(folder: Path) -> None:
    own = encode(bytes(range(16)))
    done = good(folder, "vault", "--root-public", "root.key", "--counsellor-id", own, "--out", "new.vault", "--request-out", "new.request")
    public = good(folder, "show", "root.key", passphrase=None).value("Public key, HELPLINE_ROOT_KEY:")
    site = open_site(public, "https://helpline.example")
    keys_ = open_vault(site, decode(own), (folder / "new.vault").read_text().strip(), {"passphrase": PASSPHRASE})
    asked = Request.parse(decode((folder / "new.request").read_text().strip()))
    asked.check(site.site)
    assert (asked.counsellor_id, asked.kem_public) == (decode(own), keys_.kem_public)
    assert (folder / "new.vault").stat().st_mode & 0o777 == 0o600
    assert done.value("Fingerprint:") == fingerprint(asked.counsellor_id, asked.kem_public, asked.sign_public, asked.tag_public)
    assert done.value("Counsellor id:") == own


def test_the_root_may_be_given_as_its_public_key(folder: Path) -> None:
    public = good(folder, "show", "root.key", passphrase=None).value("Public key, HELPLINE_ROOT_KEY:")
    good(folder, "vault", "--root-public", public, "--out", "new.vault", "--request-out", "new.request")
    (folder / "root.public").write_text(public + "\n")
    good(folder, "vault", "--root-public", "root.public", "--out", "newer.vault", "--request-out", "newer.request")


def test_nothing_is_written_over_and_nothing_half_made(folder: Path) -> None:
    before = (folder / "Callum.request").read_bytes()
    refused(keys(folder, "vault", "--root-public", "root.key", "--out", "new.vault", "--request-out", "Callum.request"), "is there already")
    assert (folder / "Callum.request").read_bytes() == before
    assert not (folder / "new.vault").exists()
    chosen = keys(
        folder,
        "vault",
        "--root-public",
        "root.key",
        "--out",
        "n.vault",
        "--request-out",
        "n.request",
        passphrase="a lighthouse on the skerry",
    )
    refused(chosen, "six words of the list")
    assert not (folder / "n.vault").exists()
    same = keys(folder, "vault", "--root-public", "root.key", "--out", "one", "--request-out", "one")
    refused(same, "one")


def test_a_root_that_is_none_is_refused(folder: Path) -> None:
    refused(keys(folder, "vault", "--root-public", "nowhere", "--out", "a", "--request-out", "b"), "neither a root's public key")
    refused(keys(folder, "vault", "--root-public", "Callum.cert", "--out", "a", "--request-out", "b"), "has no root's public key")
