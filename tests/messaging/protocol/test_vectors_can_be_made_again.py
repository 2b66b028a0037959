"""The makers give the same files each time, byte for byte, from seeded bytes and what HPKE made once."""

import shutil
from pathlib import Path

from tests.messaging.protocol.vectors import HOME
from tests.vectors.make import make


def test_the_makers_give_the_files_that_are_there(tmp_path: Path) -> None:
    wrapped = tmp_path / "wrapped.json"
    shutil.copy(HOME / "wrapped.json", wrapped)
    made = make(wrapped, tmp_path / "cases")
    there = {path.name: path.read_bytes() for path in (HOME / "cases").glob("*.json")}
    again = {path.name: path.read_bytes() for path in (tmp_path / "cases").glob("*.json")}
    assert sorted(again) == sorted(there)
    assert [name for name in again if again[name] != there[name]] == []
    assert len(made) == len(there)
    assert wrapped.read_bytes() == (HOME / "wrapped.json").read_bytes()
