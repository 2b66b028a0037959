"""`manage.py keys verify` finds what does not belong together; `keys show` says what any file is."""

import json
from pathlib import Path

from messaging.protocol.encoding import decode, encode
from messaging.protocol.wire import Certificate
from tests.messaging.protocol.keytool import PASSPHRASE, counsellor, good, keys, refused

ALL = ["root.key", "Moira.cert", "Callum.cert", "Moira.request", "Moira.vault", "epoch-1.json"]


def test_what_fits_together_is_said_to(folder: Path) -> None:
    done = good(folder, "verify", "--root-public", "root.key", *ALL, "--vault", "Moira.vault")
    lines = done.out.splitlines()
    assert all(line.startswith("good") for line in lines)
    assert "good  The statement of epoch 1 holds; on its roster: Callum, Moira." in lines
    assert "good  Epoch 1 is not confirmed, and opens nothing." in lines
    assert "good  Moira's grant of epoch 1 opens, and gives the statement's key." in lines
    assert "good  Callum's grant of epoch 1 is the one that its seed gives." in lines


def callum_id(folder: Path) -> str:
    return encode(Certificate.parse(decode((folder / "Callum.cert").read_text().strip())).certificate_id)


def test_files_of_another_root_are_found(folder: Path, tmp_path: Path) -> None:
    good(tmp_path, "root", "--out", "root.key")
    counsellor(tmp_path, "Eve", "--key-holder")
    done = keys(folder, "verify", "--root-public", "root.key", tmp_path / "Eve.cert", tmp_path / "Eve.request", *ALL, passphrase=None)
    refused(done, "2 of 10 checks failed")
    assert "BAD   The certificate of Eve is not signed by this root" in done.out


def test_an_altered_epoch_is_found(folder: Path) -> None:
    body = json.loads((folder / "epoch-1.json").read_text())
    statement = bytearray(decode(body["statement"]))
    statement[10] ^= 1
    (folder / "altered.json").write_text(json.dumps({**body, "statement": encode(bytes(statement))}))
    done = keys(folder, "verify", "--root-public", "root.key", "Moira.cert", "Callum.cert", "altered.json", passphrase=None)
    assert done.code == 1
    assert "BAD   The statement of epoch 1 does not hold: its signature." in done.out


def test_a_grant_that_is_missing_or_wrong_is_found(folder: Path) -> None:
    body = json.loads((folder / "epoch-1.json").read_text())
    first, second = body["grants"]
    (folder / "missing.json").write_text(json.dumps({**body, "grants": [first]}))
    done = keys(folder, "verify", "--root-public", "root.key", "Moira.cert", "Callum.cert", "missing.json", passphrase=None)
    assert "BAD   Epoch 1: 1 on the roster have no grant." in done.out
    swapped = [{**first, "wrapped": second["wrapped"]}, {**second, "wrapped": first["wrapped"]}]
    (folder / "swapped.json").write_text(json.dumps({**body, "grants": swapped}))
    done = keys(folder, "verify", "--root-public", "root.key", "Moira.cert", "Callum.cert", "swapped.json", "--vault", "Moira.vault")
    assert "BAD   Moira's grant of epoch 1 does not hold" in done.out
    useless = [
        {**each, "wrapped": encode(bytes(1168))} if each["certificate_id"] == callum_id(folder) else each for each in (first, second)
    ]
    (folder / "useless.json").write_text(json.dumps({**body, "grants": useless}))
    done = keys(folder, "verify", "--root-public", "root.key", "Moira.cert", "Callum.cert", "useless.json", "--vault", "Moira.vault")
    assert "good  Moira's grant of epoch 1 opens, and gives the statement's key." in done.out
    assert "BAD   Callum's grant of epoch 1 does not open it: it is not the one that its seed gives." in done.out


def test_a_vault_that_does_not_open_is_named(folder: Path) -> None:
    refused(keys(folder, "verify", "--root-public", "root.key", "Callum.cert", "--vault", "Moira.vault"), "Moira.vault does not open")


def test_every_file_is_named_for_what_it_is(folder: Path) -> None:
    shown = good(folder, "show", *ALL, passphrase=None).out
    for sentence in (
        "A root key file, closed with a passphrase.",
        "A certificate of Moira, who may open desk epochs.",
        "A certificate of Callum, who may not open desk epochs.",
        "A certificate request, not yet signed by the root.",
        "A counsellor's vault, closed with a passphrase.",
        "The statement of desk epoch 1.",
        "Grants: 2, of epochs 1",
    ):
        assert sentence in shown
    assert PASSPHRASE not in shown


def test_what_is_no_key_file_is_refused_in_a_sentence(folder: Path) -> None:
    contents = {
        "text": "hello, world",
        "short": "AAAA",
        "json": '{"statement": "AAAA", "grants": []}',
        "long": "A" * 9_000_000,
        "accents": "é",
    }
    for name, content in contents.items():
        (folder / name).write_text(content)
        refused(keys(folder, "show", name, passphrase=None), name)
    refused(keys(folder, "show", ".", passphrase=None), "cannot be read")


def test_a_name_cannot_move_the_readers_cursor(folder: Path) -> None:
    (folder / "Mo\x1b[31mira").write_text((folder / "Moira.cert").read_text())
    assert "\x1b" not in good(folder, "show", "Mo\x1b[31mira", passphrase=None).out
