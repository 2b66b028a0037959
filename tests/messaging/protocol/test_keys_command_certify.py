"""`manage.py keys certify` signs a request of this root, says its fingerprint, and refuses what should not be signed."""

import os
from pathlib import Path

import pytest

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import fingerprint, open_vault
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.peer.offline import root_in_file
from messaging.protocol.peer.vault import make_renewal
from messaging.protocol.wire import Certificate
from tests.messaging.protocol.keytool import PASSPHRASE, at_a_terminal, good, keys, refused

BARE = ["certify", "--root", "root.key", "--request", "Callum.request", "--name", "Callum", "--days", "30"]
ASK = [*BARE, "--yes"]


def test_the_certificate_says_what_was_asked(folder: Path) -> None:
    more = ["--key-holder", "--first-day", "2026-03-01", "--out", "new.cert"]
    done = good(folder, *ASK, "--name", "Callum Ó Néill", *more)
    certificate = Certificate.parse(decode((folder / "new.cert").read_text().strip()))
    shown = good(folder, "show", "root.key", "new.cert", "Callum.request", passphrase=None)
    certificate.check(decode(shown.value("Public key, HELPLINE_ROOT_KEY:")))
    assert (certificate.display_name, certificate.key_holder) == ("Callum Ó Néill", True)
    assert certificate.last_day - certificate.first_day == 29
    assert "Days: 2026-03-01 to 2026-03-30" in shown.out
    fingerprint = done.out.splitlines()[1].strip()
    assert shown.out.count(fingerprint) == 2


def test_a_fingerprint_that_was_read_out_is_compared(folder: Path) -> None:
    fingerprint = keys(folder, *ASK, "--out", "a.cert").out.splitlines()[1].strip()
    good(folder, *BARE, "--fingerprint", fingerprint.upper().replace(" ", ""), "--out", "b.cert")
    other = fingerprint[:-1] + ("0" if fingerprint[-1] != "0" else "1")
    refused(keys(folder, *BARE, "--fingerprint", other, "--out", "c.cert"), "Nothing has been signed")
    assert not (folder / "c.cert").exists()


def test_nothing_is_signed_before_somebody_says_that_the_fingerprint_was_compared(folder: Path) -> None:
    refused(keys(folder, *BARE, "--out", "new.cert"), "Compare the fingerprint")
    assert not (folder / "new.cert").exists()


@pytest.mark.parametrize(("answer", "signed"), [("yes", True), ("no", False), ("\x04", False), ("\x03", False)])
def test_at_a_terminal_it_asks(folder: Path, answer: str, signed: bool) -> None:
    """Also when whoever sits there gives up with Ctrl-D or Ctrl-C."""
    done = at_a_terminal(folder, [*BARE, "--out", "new.cert", "--passphrase-file", "passphrase"], {"Type yes to sign: ": answer})
    assert (folder / "new.cert").exists() == signed
    assert done.code == (0 if signed else 1)
    assert "Traceback" not in done.out


def test_an_altered_request_is_refused(folder: Path) -> None:
    raw = bytearray(decode((folder / "Callum.request").read_text().strip()))
    raw[100] ^= 1
    (folder / "Callum.request").write_text(encode(bytes(raw)))
    refused(keys(folder, *ASK, "--out", "new.cert"), "altered on its way")


def renewal(folder: Path, *, old: str, by: str) -> str:
    """A request for new keys of the counsellor of `old`, which the vault `by` signs too; the certificate's file is named in it."""
    site = root_in_file(str(folder / "root.key"))
    certificate = Certificate.parse(decode((folder / f"{old}.cert").read_text().strip()))
    signer = Certificate.parse(decode((folder / f"{by}.cert").read_text().strip()))
    keys = open_vault(site, signer.counsellor_id, (folder / f"{by}.vault").read_text().strip(), {"passphrase": PASSPHRASE})
    new = derive_counsellor(site, certificate.counsellor_id, os.urandom(32))
    (folder / "renewal.request").write_text(make_renewal(site, new, keys, certificate.certificate_id))
    return fingerprint(new.counsellor_id, new.kem_public, new.sign_public, new.tag_public)


RENEW = ["certify", "--root", "root.key", "--request", "renewal.request", "--name", "Callum", "--days", "100"]


def test_the_old_certificates_key_takes_the_place_of_a_telephone_call(folder: Path) -> None:
    found = renewal(folder, old="Callum", by="Callum")
    done = good(folder, *RENEW, "--renews", "Callum.cert", "--out", "new.cert")
    assert "The key of Callum’s certificate signed it." in done.out
    certificate = Certificate.parse(decode((folder / "new.cert").read_text().strip()))
    assert fingerprint(certificate.counsellor_id, certificate.kem_public, certificate.sign_public, certificate.tag_public) == found
    assert certificate.last_day - certificate.first_day == 99
    # Without the old certificate it is a request like any other.
    refused(keys(folder, *RENEW, "--out", "other.cert"), "Compare the fingerprint")


def test_a_colleagues_key_and_a_certificate_that_ended_renew_nothing(folder: Path) -> None:
    renewal(folder, old="Callum", by="Moira")
    refused(keys(folder, *RENEW, "--renews", "Callum.cert", "--out", "new.cert"), "not signed by the old certificate's key")
    refused(keys(folder, *RENEW, "--renews", "Moira.cert", "--out", "new.cert"), "does not renew this certificate")
    renewal(folder, old="Callum", by="Callum")
    good(folder, *ASK, "--first-day", "2026-03-01", "--out", "ended.cert")
    (folder / "Callum.cert").unlink()
    (folder / "ended.cert").rename(folder / "Callum.cert")
    renewal(folder, old="Callum", by="Callum")
    refused(keys(folder, *RENEW, "--renews", "Callum.cert", "--out", "new.cert"), "is not valid today")
    assert not (folder / "new.cert").exists()


def test_a_certificate_lasts_a_hundred_days_at_most(folder: Path) -> None:
    good(folder, *ASK, "--days", "100", "--out", "new.cert")
    refused(keys(folder, *ASK, "--days", "101", "--out", "longer.cert"), "at most 100 days")
    assert not (folder / "longer.cert").exists()


def test_a_wrong_passphrase_signs_nothing(folder: Path) -> None:
    refused(keys(folder, *ASK, "--out", "new.cert", passphrase="another passphrase"), "Wrong passphrase")
    assert not (folder / "new.cert").exists()


def test_a_certificate_that_is_there_stays(folder: Path) -> None:
    before = (folder / "Callum.cert").read_bytes()
    refused(keys(folder, *ASK, "--out", "Callum.cert"), "is there already")
    assert (folder / "Callum.cert").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (["--name", "a\tb"], "printable"),
        (["--name", ""], "1 to 64 bytes"),
        (["--name", "я" * 33], "1 to 64 bytes"),
        (["--request", "Callum.cert"], "is not a certificate request"),
        (["--request", "nowhere"], "cannot be read"),
        (["--root", "Callum.vault"], "is not a root key file"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(folder: Path, change: list[str], sentence: str) -> None:
    refused(keys(folder, *ASK, *change, "--out", "new.cert"), sentence)
    assert not (folder / "new.cert").exists()


@pytest.mark.parametrize("days", ["0", "-3", "1.5", "many"])
def test_days_are_a_whole_number_from_one(folder: Path, days: str) -> None:
    done = keys(folder, *BARE[:-1], days, "--yes", "--out", "new.cert")
    assert done.code == 2
    assert "is not a number of days" in done.err or "expected one argument" in done.err
