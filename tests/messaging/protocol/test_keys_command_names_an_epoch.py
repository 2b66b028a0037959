"""`manage.py keys release` names the newest epoch that counts and has begun, and says in words which, before anyone signs."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from messaging.protocol.encoding import decode
from messaging.protocol.wire import NamedStatement, Statement
from messaging.protocol.wire.releases import Release, canonical_json
from tests.messaging.protocol.keytool import MANIFEST, Done, confirmation, counsellor, epoch, export, good, keys, me_json, refused


@pytest.fixture
def two(folder: Path) -> Path:
    """Two epochs that count, Moira's and Callum's, the second with Isla and without Callum; and a release key."""
    counsellor(folder, "Isla")
    before = ["--previous", "epoch-1.json", confirmation(folder, "epoch-1.json")]
    assert epoch(folder, "epoch-2.json", ["Moira", "Isla"], *before).code == 0
    export(folder, "epoch-1.json", "epoch-2.json", confirmed=2)
    own = ["--out", "release.key", "--certificate-out", "release.certificate"]
    good(folder, "release-key", "--root", "root.key", "--days", "90", *own)
    (folder / "manifest.json").write_bytes(canonical_json(MANIFEST))
    return folder


def release(folder: Path, out: str, *more: str, epochs: str | None = "key-statements.json") -> Done:
    given = ["release", "--root-public", "root.key", "--key", "release.key", "--certificate", "release.certificate"]
    named = ["--epochs", epochs] if epochs else ["--no-epoch"]
    return keys(folder, *given, "--manifest", "manifest.json", *named, "--out", out, *more)


def named_in(folder: Path, name: str) -> NamedStatement | None:
    return Release.parse((folder / name).read_bytes().rstrip(b"\n")).named


def of(folder: Path, name: str) -> NamedStatement:
    return NamedStatement.of(Statement.parse(decode(json.loads((folder / name).read_text())["statement"])))


def test_it_names_the_newest_and_says_who_reads(two: Path) -> None:
    done = release(two, "one.json")
    assert (done.code, done.err) == (0, ""), done
    assert named_in(two, "one.json") == of(two, "epoch-2.json")
    said = done.out.splitlines()
    assert said[0].startswith("It names epoch 2, of 20")
    assert said[1:4] == [
        "Opened by Moira, confirmed by the root.",
        "Who can read since then: Isla, Moira.",
        "From now on no page takes a desk whose epochs do not go on from this one.",
    ]
    assert "Release 1 is in one.json" in said[4]
    shown = good(two, "show", "one.json", passphrase=None).out
    assert "Names epoch 2 as the newest." in shown


def test_one_that_nobody_confirmed_is_not_named_nor_one_that_has_not_begun(two: Path) -> None:
    export(two, "epoch-1.json", "epoch-2.json", confirmed=1)
    assert release(two, "one.json").code == 0
    assert named_in(two, "one.json") == of(two, "epoch-1.json")
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    before = [name for each in ("epoch-1.json", "epoch-2.json") for name in (each, confirmation(two, each))]
    assert epoch(two, "epoch-3.json", ["Moira", "Isla"], "--previous", *before, "--first-day", tomorrow).code == 0
    export(two, "epoch-1.json", "epoch-2.json", "epoch-3.json", confirmed=3)
    assert release(two, "two.json").code == 0
    assert named_in(two, "two.json") == of(two, "epoch-2.json")


def test_what_a_browser_saved_of_the_desk_does_too(two: Path) -> None:
    (two / "me.json").write_text(json.dumps(me_json(two, "Moira", "epoch-1.json", "epoch-2.json")))
    assert release(two, "one.json", epochs="me.json").code == 0
    assert named_in(two, "one.json") == of(two, "epoch-2.json")


def test_before_the_first_epoch_it_names_none_and_says_so(two: Path) -> None:
    done = release(two, "one.json", epochs=None)
    assert done.out.startswith("It names no epoch: none has been opened and confirmed yet.")
    assert named_in(two, "one.json") is None
    assert release(two, "two.json", "--previous", "one.json").code == 0
    assert named_in(two, "two.json") == of(two, "epoch-2.json")
    given = ["release", "--root-public", "root.key", "--key", "release.key", "--certificate", "release.certificate"]
    neither = keys(two, *given, "--manifest", "manifest.json", "--out", "three.json")
    assert "one of the arguments --epochs --no-epoch is required" in neither.err


def test_a_chain_that_lacks_what_was_named_before_is_not_taken_unless_the_keepers_know_why(two: Path) -> None:
    release(two, "one.json")
    export(two, "epoch-1.json", confirmed=1)
    refused(release(two, "two.json", "--previous", "one.json"), "do not have epoch 2 as the release before names it")
    refused(release(two, "two.json", "--previous", "one.json", epochs=None), "Without epochs this release does not have epoch 2")
    assert not (two / "two.json").exists()
    assert release(two, "two.json", "--previous", "one.json", "--new-chain").code == 0
    assert named_in(two, "two.json") == of(two, "epoch-1.json")


def test_a_chain_that_does_not_hold_is_not_taken(two: Path) -> None:
    content = json.loads((two / "key-statements.json").read_text())
    (two / "key-statements.json").write_text(json.dumps({**content, "statements": content["statements"][::-1]}))
    refused(release(two, "one.json"), "do not hold together")
    (two / "key-statements.json").write_text(json.dumps({**content, "statements": content["statements"][1:]}))
    refused(release(two, "one.json"), "do not begin with number 1")
    refused(release(two, "one.json", epochs="Moira.cert"), "has not the desk's whole chain")


def test_verify_compares_a_release_with_the_chain(two: Path) -> None:
    release(two, "one.json")
    files = ["verify", "--root-public", "root.key", "one.json", "key-statements.json"]
    assert "good  The epochs go on from epoch 2, which release 1 names." in good(two, *files, passphrase=None).out
    export(two, "epoch-1.json", confirmed=1)
    done = keys(two, *files, passphrase=None)
    assert "BAD   The epochs do not go on from epoch 2, which release 1 names as the newest." in done.out
    assert done.code == 1
