"""A folder with an organisation's keys, made once by the key tool itself; tests work on copies."""

import shutil
from pathlib import Path

import pytest

from tests.messaging.protocol import keytool
from tests.messaging.protocol.rules import RULES
from tests.parts.rules import take_out


@pytest.fixture(scope="session")
def made_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    keytool.good(folder, "root", "--out", "root.key")
    keytool.counsellor(folder, "Moira", "--key-holder")
    keytool.counsellor(folder, "Callum")
    first = keytool.epoch(folder, "epoch-1.json", ["Moira", "Callum"])
    assert (first.code, first.err) == (0, "")
    return folder


@pytest.fixture
def folder(made_folder: Path, tmp_path: Path) -> Path:
    """root.key; Moira (a key-holder) and Callum, each with .vault, .request and .cert; epoch-1.json."""
    return Path(shutil.copytree(made_folder, tmp_path / "keys"))


@pytest.fixture
def rules_out(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the rules of those names: see `stopped_by`."""
    take_out(monkeypatch, *(RULES[name] for name in request.param))
