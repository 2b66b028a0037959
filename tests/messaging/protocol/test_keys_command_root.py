"""`manage.py keys root` makes a root key that only its passphrase opens, and never writes over a file."""

from pathlib import Path

import pytest

from messaging.protocol.encoding import decode
from messaging.protocol.peer.errors import BadVault
from messaging.protocol.peer.primitives import sign_public
from messaging.protocol.peer.root_key import open_root_key
from tests.messaging.protocol.keytool import PASSPHRASE, at_a_terminal, good, keys, refused


def test_the_public_half_is_printed_and_the_file_is_private(tmp_path: Path) -> None:
    done = good(tmp_path, "root", "--out", "root.key")
    file = tmp_path / "root.key"
    public = decode(done.value("HELPLINE_ROOT_KEY="), 32)
    assert sign_public(open_root_key(file.read_text().strip(), PASSPHRASE)) == public
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadVault):
        open_root_key(file.read_text().strip(), PASSPHRASE + "!")


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "root.key").write_text("something else")
    refused(keys(tmp_path, "root", "--out", "root.key"), "root.key is there already")
    assert (tmp_path / "root.key").read_text() == "something else"


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    refused(keys(tmp_path, "root", "--out", "root.key", passphrase="eleven char"), "at least 12 characters")
    assert not (tmp_path / "root.key").exists()


def test_without_a_terminal_the_passphrase_has_to_be_in_a_file(tmp_path: Path) -> None:
    refused(keys(tmp_path, "root", "--out", "root.key", passphrase=None), "--passphrase-file")
    refused(keys(tmp_path, "root", "--out", "root.key", "--passphrase-file", "nowhere", passphrase=None), "cannot be read from nowhere")


@pytest.mark.parametrize(("again", "made"), [(PASSPHRASE, True), (PASSPHRASE + "x", False)])
def test_at_a_terminal_the_passphrase_is_asked_for_twice(tmp_path: Path, again: str, made: bool) -> None:
    done = at_a_terminal(tmp_path, ["root", "--out", "root.key"], {"characters: ": PASSPHRASE, "again: ": again})
    assert (tmp_path / "root.key").exists() == made
    assert done.code == (0 if made else 1)
    assert ("did not match" in done.out) != made
    assert PASSPHRASE not in done.out
