"""`check_keys` says when pages refuse the desk because of the release that is served, and when a release should name a newer epoch."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from messaging.keys.readers import key_warnings
from messaging.protocol.wire import NamedStatement
from tests.world.desk import NOON, Desk

pytestmark = pytest.mark.django_db
Names = Callable[[NamedStatement | None], list[str]]


@pytest.fixture
def names(settings: Settings, tmp_path: Path) -> Names:
    """What is said of the release while one that names this epoch is served."""

    def warnings(named: NamedStatement | None) -> list[str]:
        settings.RELEASE_FILE = tmp_path / f"release-{len(list(tmp_path.iterdir()))}.json"
        manifest = {"made_on": "2026-11-25", "newest": named.text if named else ""}
        settings.RELEASE_FILE.write_text(json.dumps({"manifest": manifest}))
        return [each for each in key_warnings(at=NOON) if "release" in each]

    return warnings


def test_where_they_agree_nothing_is_said(desk: Desk, names: Names) -> None:
    assert names(None) == []
    assert names(NamedStatement.of(desk.statements[0])) == []
    desk.open_epoch()
    assert names(NamedStatement.of(desk.statements[0])) == []


def test_an_epoch_that_the_desk_has_not_is_told_with_what_to_do(desk: Desk, names: Names) -> None:
    for named in (NamedStatement(7, bytes(32)), NamedStatement(1, bytes(32))):
        [said] = names(named)
        assert f"names an epoch {named.number} that this desk does not have" in said
        assert "--new-chain" in said


def test_who_left_since_is_a_reason_to_sign_one(desk: Desk, names: Names) -> None:
    desk.join("Isla")
    desk.open_epoch(names=["Moira", "Isla"])
    [said] = names(NamedStatement.of(desk.statements[0]))
    assert said.startswith("Callum left since the release was signed, which names epoch 1.")
    assert "names epoch 2" in said
    assert names(NamedStatement.of(desk.statements[1])) == []
