"""`manage.py keys confirm`: the root's keepers confirm an epoch, having been shown who opened it, who came and who went."""

import json
from pathlib import Path

import pytest

from messaging.protocol.encoding import decode, encode
from messaging.protocol.wire import Certificate, Confirmation, Statement
from tests.messaging.protocol.keytool import PASSPHRASE, at_a_terminal, confirmation, counsellor, epoch, export, good, keys, refused

CONFIRM = ["confirm", "--root", "root.key", "--statements", "key-statements.json", "--out", "word"]


@pytest.fixture
def two(folder: Path) -> Path:
    """Moira and Callum are in the first epoch; Moira has opened a second, with Isla and without Callum."""
    counsellor(folder, "Isla")
    before = ["--previous", "epoch-1.json", confirmation(folder, "epoch-1.json")]
    assert epoch(folder, "epoch-2.json", ["Moira", "Isla"], *before).code == 0
    export(folder, "epoch-1.json", "epoch-2.json", confirmed=1)
    return folder


def word(folder: Path) -> Confirmation:
    return Confirmation.parse(decode((folder / "word").read_text().strip()))


def statement(folder: Path, name: str) -> Statement:
    return Statement.parse(decode(json.loads((folder / name).read_text())["statement"]))


def test_it_says_what_would_change_and_confirms_the_newest(two: Path) -> None:
    said = good(two, *CONFIRM, "--yes").out
    assert "Epoch 2, opened by Moira" in said
    assert "New on it: Isla." in said
    assert "No longer on it: Callum." in said
    assert "Still on it: Moira." in said
    made, certificates = word(two), {each.certificate_id: each for each in _certificates(two)}
    root = decode(good(two, "show", "root.key", passphrase=None).value("Public key, HELPLINE_ROOT_KEY:"))
    assert made.check(root, statement(two, "epoch-2.json"), certificates, statement(two, "epoch-1.json")) is None
    assert "A confirmation of a desk epoch." in good(two, "show", "word", passphrase=None).out
    lines = good(two, "verify", "--root-public", "root.key", "key-statements.json", "word", passphrase=None).out.splitlines()
    assert "good  Epoch 1 is confirmed by the root." in lines
    assert "good  Epoch 2 is confirmed by the root." in lines


def _certificates(folder: Path) -> list[Certificate]:
    return [Certificate.parse(decode(path.read_text().strip())) for path in folder.glob("*.cert")]


def test_nothing_is_signed_unless_somebody_says_yes(two: Path) -> None:
    refused(keys(two, *CONFIRM), "Nothing is signed.")
    assert not (two / "word").exists()
    asked = "Type yes to sign: "
    no = at_a_terminal(two, CONFIRM, {asked: "no"})
    assert "Nothing is signed." in no.out
    assert not (two / "word").exists()
    yes = at_a_terminal(two, CONFIRM, {asked: "yes", "Passphrase of root.key: ": PASSPHRASE})
    assert "The confirmation of epoch 2 is in word." in yes.out
    assert word(two).by_root


def test_what_is_confirmed_or_overtaken_is_not_confirmed_again(two: Path) -> None:
    refused(keys(two, *CONFIRM, "--yes", "--number", "1"), "Epoch 1 is confirmed already.")
    refused(keys(two, *CONFIRM, "--yes", "--number", "7"), "has no epoch 7.")
    content = json.loads((two / "key-statements.json").read_text())
    later = (two / confirmation(two, "epoch-2.json")).read_text().strip()
    (two / "key-statements.json").write_text(json.dumps({**content, "confirmations": [later]}))
    refused(keys(two, *CONFIRM, "--yes", "--number", "1"), "Epoch 2, a later one, is confirmed already.")


def test_a_chain_that_does_not_hold_is_not_confirmed(two: Path) -> None:
    content = json.loads((two / "key-statements.json").read_text())
    altered = bytearray(decode(content["statements"][1]))
    altered[-1] ^= 1
    (two / "key-statements.json").write_text(json.dumps({**content, "statements": [content["statements"][0], encode(bytes(altered))]}))
    refused(keys(two, *CONFIRM, "--yes"), "do not hold together")


def test_verify_finds_a_confirmation_that_does_not_hold(two: Path) -> None:
    good(two, *CONFIRM, "--yes")
    raw = bytearray(word(two).raw)
    raw[-1] ^= 1
    (two / "altered").write_text(encode(bytes(raw)))
    done = keys(two, "verify", "--root-public", "root.key", "key-statements.json", "altered", passphrase=None)
    assert "BAD   A confirmation of epoch 2 does not hold: the root did not sign it." in done.out
    assert "good  Epoch 2 is not confirmed, and opens nothing." in done.out
    refused(done, "1 of")
