"""`manage.py keys epoch --from-server` takes vault, certificate and all epochs before from what the key-holder's browser saved."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from helpline.clock import now
from messaging.protocol.encoding import decode, encode
from messaging.protocol.wire import Certificate, Statement
from tests.messaging.protocol.keytool import Done, counsellor, good, keys, me_json, refused

FROM_SERVER = ["epoch", "--root-public", "root.key", "--from-server", "me.json", "--certificates", "candidates.json"]


@pytest.fixture
def carried(folder: Path) -> Path:
    """me.json and candidates.json of Moira, the key-holder, after epoch 1."""
    save(folder, me_json(folder, "Moira", "epoch-1.json"))
    (folder / "candidates.json").write_text(
        json.dumps({"candidates": [(folder / f"{one}.cert").read_text().strip() for one in ("Moira", "Callum")]})
    )
    return folder


def save(folder: Path, me: dict[str, Any]) -> None:
    (folder / "me.json").write_text(json.dumps(me))


def opened(folder: Path, *more: str) -> Done:
    return keys(folder, *FROM_SERVER, "--out", "epoch-2.json", *more)


def test_the_next_epoch_follows_the_one_before(carried: Path) -> None:
    done = opened(carried, "--days", "14")
    assert (done.code, done.err) == (0, "")
    assert "On its roster: Callum, Moira." in done.out
    made = Statement.parse(decode(json.loads((carried / "epoch-2.json").read_text())["statement"]))
    before = Statement.parse(decode(me_json(carried, "Moira", "epoch-1.json")["statements"][0]))
    assert (made.number, made.previous, made.last_day - made.first_day) == (2, before.statement_hash, 13)
    good(carried, "verify", "--root-public", "root.key", "me.json", "candidates.json", "epoch-2.json", "--vault", "me.json")


def test_the_first_epoch_has_nothing_before_it(carried: Path) -> None:
    save(carried, me_json(carried, "Moira"))
    assert opened(carried).code == 0
    assert Statement.parse(decode(json.loads((carried / "epoch-2.json").read_text())["statement"])).number == 1


def test_who_comes_is_granted_what_was_before(carried: Path) -> None:
    counsellor(carried, "Isla")
    done = opened(carried, "--certificates", "Moira.cert", "Isla.cert")
    assert "New on it: Isla." in done.out
    assert "1 on the roster before is not on this one." in done.out
    assert "not granted" not in done.out
    grants = json.loads((carried / "epoch-2.json").read_text())["grants"]
    assert sorted(grant["epoch"] for grant in grants) == [1, 2, 2]


def test_a_new_key_holder_keeps_what_the_certificate_before_was_granted(carried: Path) -> None:
    """The only key-holder has left: the root makes Callum one, who is on the roster with a certificate that may not open epochs."""
    save(carried, me_json(carried, "Callum", "epoch-1.json"))
    refused(opened(carried), "not a key-holder")
    tomorrow = (now().date() + timedelta(days=1)).isoformat()
    certify = ["certify", "--root", "root.key", "--request", "Callum.request", "--name", "Callum", "--key-holder", "--days", "90", "--yes"]
    good(carried, *certify, "--first-day", tomorrow, "--out", "new.cert")
    done = opened(carried, "--certificate", "new.cert", "--first-day", tomorrow, "--certificates", "new.cert")
    assert (done.code, done.err) == (0, "")
    assert sorted(grant["epoch"] for grant in json.loads((carried / "epoch-2.json").read_text())["grants"]) == [1, 2]


def test_a_server_that_lacked_its_storage_key_gave_no_vault(carried: Path) -> None:
    me = me_json(carried, "Moira", "epoch-1.json")
    save(carried, me | {"vaults": [vault | {"record": None} for vault in me["vaults"]]})
    refused(opened(carried), "Perhaps the server lacked its storage key when it was saved.")


def test_what_the_server_altered_is_found(carried: Path) -> None:
    me = me_json(carried, "Moira", "epoch-1.json")
    statement = bytearray(decode(me["statements"][0]))
    statement[1256] ^= 1  # its first day
    save(carried, {**me, "statements": [encode(bytes(statement))]})
    refused(opened(carried), "do not hold together")
    wrapped = bytearray(decode(me["grants"][0]["wrapped"]))
    wrapped[0] ^= 1
    save(carried, {**me, "grants": [{**me["grants"][0], "wrapped": encode(bytes(wrapped))}]})
    refused(opened(carried), "Your grant of epoch 1 does not open")
    save(carried, {**me, "vaults": [me["vaults"][0]]})
    refused(opened(carried), "not a vault record that opens with a passphrase")
    save(carried, {**me, "certificate": None})
    refused(opened(carried), "has no certificate")
    assert not (carried / "epoch-2.json").exists()


def test_what_the_server_told_of_everybodys_grants_is_verified(carried: Path) -> None:
    me = me_json(carried, "Moira", "epoch-1.json")
    given = ["--root-public", "root.key", "Moira.cert", "Callum.cert", "me.json", "--vault", "Moira.vault"]
    assert "good  Callum's grant of epoch 1 is the one that its seed gives." in good(carried, "verify", *given).out
    own, other = sorted(me["grants"], key=lambda each: bool(each["certificate_id"] != certificate_id(carried, "Moira")))
    save(carried, {**me, "grants": [own, {**other, "wrapped": own["wrapped"]}]})
    done = keys(carried, "verify", *given)
    assert "BAD   Callum's grant of epoch 1 does not open it: it is not the one that its seed gives." in done.out


def certificate_id(folder: Path, name: str) -> str:
    return encode(Certificate.parse(decode((folder / f"{name}.cert").read_text().strip())).certificate_id)


def test_files_of_two_kinds_are_not_mixed(carried: Path) -> None:
    refused(opened(carried, "--previous", "epoch-1.json"), "leave out --previous")
    (carried / "me.json").write_text((carried / "candidates.json").read_text())
    refused(opened(carried), "is not what a browser saved")
    refused(keys(carried, "epoch", "--root-public", "root.key", "--certificates", "Moira.cert", "--out", "new.json"), "or --from-server")


def test_show_says_what_a_browser_saved(carried: Path) -> None:
    shown = good(carried, "show", "me.json", "candidates.json", passphrase=None).out
    assert "What the desk said to one of its counsellors." in shown
    assert "Their grants: epoch 1" in shown
    assert "What the desk said of who may be on the next roster: 2." in shown
