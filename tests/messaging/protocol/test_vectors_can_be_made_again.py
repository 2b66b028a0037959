"""The makers give the same files each time, byte for byte: of all that is made, wraps too, nothing is left to chance but seeded bytes."""

from pathlib import Path

from tests.messaging.protocol.vectors import HOME
from tests.vectors.make import make


def test_the_makers_give_the_files_that_are_there(tmp_path: Path) -> None:
    made = make(tmp_path)
    there = {path.name: path.read_bytes() for path in (HOME / "cases").glob("*.json")}
    again = {path.name: path.read_bytes() for path in tmp_path.glob("*.json")}
    assert sorted(again) == sorted(there)
    assert [name for name in again if again[name] != there[name]] == []
    assert len(made) == len(there)
