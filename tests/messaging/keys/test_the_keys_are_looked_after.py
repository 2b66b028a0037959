"""`manage.py check_keys` and the keys page say when too much hangs on one person, and what was exported can be checked offline."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from messaging.installation import installation_root_key
from messaging.keys.readers import key_warnings
from messaging.keys.vaults import forget_vault
from messaging.members.offboard import offboard
from messaging.models import Conversation
from messaging.protocol.encoding import encode
from messaging.protocol.peer.offline import verify_files
from tests.world.desk import NOON, TODAY, Desk, open_helpline, send
from tests.world.person import AtDesk


@pytest.fixture
def two_holders(db: None) -> Desk:
    desk = open_helpline("Moira", "Callum")
    desk.certify("Callum", key_holder=True, first_day=TODAY)
    desk.open_epoch()
    desk.sheets_on_paper()
    return desk


def check() -> str:
    out = StringIO()
    call_command("check_keys", stdout=out)
    return out.getvalue()


def exported(folder: Path) -> tuple[Path, dict[str, Any]]:
    out = StringIO()
    call_command("export_keys", stdout=out)
    file = folder / "key-statements.json"
    file.write_text(out.getvalue())
    return file, json.loads(out.getvalue())


def found(file: Path) -> tuple[list[str], list[str]]:
    """What holds, and what does not."""
    findings = verify_files(encode(installation_root_key()), [file], None, lambda: "")
    return [each.sentence for each in findings if each.holds], [each.sentence for each in findings if not each.holds]


def test_two_who_hold_everything_are_enough(two_holders: Desk) -> None:
    assert check() == "The desk's keys are in order.\n"


def test_a_single_key_holder_is_told(desk: Desk) -> None:
    assert key_warnings(at=NOON) == [
        "Only Moira is a key-holder with epoch 1's key. Get a second certificate: without a key-holder, nobody can open the next epoch."
    ]
    with pytest.raises(CommandError, match="Only Moira is a key-holder"):
        check()
    assert "Only Moira is a key-holder" in AtDesk(desk, "Callum").client.get("/desk/keys/").content.decode()


def test_an_epoch_that_one_alone_or_nobody_can_read_is_told(desk: Desk) -> None:
    send()
    forget_vault(desk.members["Callum"], at=NOON, sure=True)
    assert any(
        "Only Moira can read epoch 1. If that passphrase is lost, what was written in it is lost too." in each
        for each in key_warnings(at=NOON)
    )
    forget_vault(desk.members["Moira"], at=NOON, sure=True)
    assert any("Nobody can read epoch 1 any longer." in each for each in key_warnings(at=NOON))


def test_an_epoch_that_nobody_needs_is_not_missed(two_holders: Desk) -> None:
    offboard(two_holders.members["Callum"].counsellor.account, at=NOON)
    assert not Conversation.objects.exists()
    assert not any("epoch 1:" in each for each in key_warnings(at=NOON))


def test_a_whole_installation_holds_offline(two_holders: Desk, tmp_path: Path) -> None:
    file, body = exported(tmp_path)
    good, bad = found(file)
    assert bad == []
    assert "The statement of epoch 2 holds; on its roster: Callum, Moira." in good
    assert "Nobody whose certificate is withdrawn is on the roster of epoch 2, the newest." in good
    assert AtDesk(two_holders, "Callum").client.get("/desk/keys/statements.json").json() == body
    assert not any(secret in file.read_text() for secret in ("wrapped", "record", "vault", "@"))


def test_what_is_missing_or_altered_in_it_is_found(two_holders: Desk, tmp_path: Path) -> None:
    file, body = exported(tmp_path)
    for changes, sentence in (
        ({"statements": body["statements"][1:]}, "An epoch is missing, comes twice or is out of order."),
        ({"grants": body["grants"][:-1]}, "Epoch 2: on the roster without a grant:"),
        ({"certificates": body["certificates"][1:]}, "The statement of epoch 1 does not hold"),
        ({"root": encode(bytes(32))}, "A key of another root."),
        ({"statements": list(reversed(body["statements"]))}, "An epoch is missing, comes twice or is out of order."),
    ):
        file.write_text(json.dumps(body | changes))
        assert any(each.startswith(sentence) for each in found(file)[1]), sentence


def test_somebody_who_left_and_still_stands_on_the_roster_is_found(two_holders: Desk, tmp_path: Path) -> None:
    offboard(two_holders.members["Callum"].counsellor.account, at=NOON)
    bad = found(exported(tmp_path)[0])[1]
    assert bad == ["Epoch 2 is sealed for someone whose certificate is withdrawn: Callum. Open a new epoch."]
