"""`manage.py keys epoch` opens the first desk epoch and the next, as a browser will check them."""

import json
from pathlib import Path
from typing import Any

import pytest

from messaging.protocol.encoding import decode
from messaging.protocol.peer import check_desk, open_desk, open_site, open_vault
from messaging.protocol.wire import Statement
from tests.messaging.protocol.keytool import PASSPHRASE, confirmation, counsellor, epoch, good, me_json, refused


def text(folder: Path, name: str) -> str:
    return (folder / name).read_text().strip()


def body(folder: Path, name: str) -> dict[str, Any]:
    """The JSON of §8.2."""
    found: dict[str, Any] = json.loads(text(folder, name))
    return found


def seeds(folder: Path, name: str, *epochs: str) -> list[int]:
    """The epochs that a counsellor can open, as their browser would."""
    site = open_site(good(folder, "show", "root.key", passphrase=None).value("Public key, HELPLINE_ROOT_KEY:"), "https://helpline.example")
    me = me_json(folder, name, *epochs)
    keys = open_vault(site, decode(me["counsellor_id"]), text(folder, f"{name}.vault"), {"passphrase": PASSPHRASE})
    today = Statement.parse(decode(me["statements"][-1])).first_day
    check_desk(site, {**me, "statements": me["statements"][-1:]}, today)
    desk = open_desk(site, keys, me, today)
    assert not {"broken-chain", "bad-grant"} & set(desk.troubles)
    return sorted(desk.seeds)


def test_everybody_on_the_roster_can_open_the_first_epoch(folder: Path) -> None:
    assert seeds(folder, "Moira", "epoch-1.json") == [1]
    assert seeds(folder, "Callum", "epoch-1.json") == [1]
    statement = Statement.parse(decode(body(folder, "epoch-1.json")["statement"]))
    assert (statement.number, statement.last_day - statement.first_day) == (1, 13)


def test_who_comes_is_granted_what_was_before_and_who_leaves_nothing_more(folder: Path) -> None:
    counsellor(folder, "Isla")
    done = epoch(folder, "epoch-2.json", ["Moira", "Isla"], "--previous", "epoch-1.json", "--days", "20")
    assert (done.code, done.err) == (0, "")
    assert "New on it: Isla." in done.out
    assert seeds(folder, "Moira", "epoch-1.json", "epoch-2.json") == [1, 2]
    assert seeds(folder, "Isla", "epoch-1.json", "epoch-2.json") == [1, 2]
    assert seeds(folder, "Callum", "epoch-1.json", "epoch-2.json") == [1]


def test_without_the_earlier_grants_it_says_who_cannot_read_back(folder: Path) -> None:
    counsellor(folder, "Isla")
    (folder / "statement-1").write_text(body(folder, "epoch-1.json")["statement"])
    done = epoch(folder, "epoch-2.json", ["Moira", "Isla"], "--previous", "statement-1")
    assert done.code == 0
    assert "They are not granted epochs 1" in done.out


@pytest.mark.parametrize(
    ("roster", "more", "sentence"),
    [
        (["Moira"], ["--days", "36"], "1 to 35 days"),
        (["Moira", "Callum"], ["--first-day", "2020-01-01"], "does not last through the epoch"),
        (["Moira"], ["--previous", "Callum.cert"], "neither a statement, an epoch nor a confirmation"),
        (["Moira"], ["--previous", "epoch-1.json", "epoch-1.json"], "do not hold together"),
        (["Moira"], ["--vault", "Callum.vault"], "Wrong passphrase"),
        (["Moira"], ["--certificate", "Callum.request"], "is not a certificate"),
    ],
)
def test_an_epoch_that_would_not_hold_is_not_made(folder: Path, roster: list[str], more: list[str], sentence: str) -> None:
    refused(epoch(folder, "new.json", roster, *more), sentence)
    assert not (folder / "new.json").exists()


def test_a_counsellor_who_is_no_key_holder_opens_none(folder: Path) -> None:
    refused(epoch(folder, "new.json", ["Moira", "Callum"], by="Callum"), "not a key-holder")


def test_a_key_holder_who_was_left_off_the_roster_opens_none(folder: Path) -> None:
    counsellor(folder, "Fergus", "--key-holder")
    before = ["--previous", "epoch-1.json", confirmation(folder, "epoch-1.json")]
    refused(epoch(folder, "new.json", ["Moira", "Fergus"], *before, by="Fergus"), "left off the roster before")


def test_an_epoch_that_is_there_stays(folder: Path) -> None:
    before = (folder / "epoch-1.json").read_bytes()
    refused(epoch(folder, "epoch-1.json", ["Moira"]), "is there already")
    assert (folder / "epoch-1.json").read_bytes() == before
