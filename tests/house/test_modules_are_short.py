"""A module is read in one sitting: 250 lines at most, tests and the client's included."""

from tests.house.tools import files
from tests.parts.environment import REPOSITORY

LONGEST = 250
CODE = {".py", ".ts", ".scss", ".html"}


def test_no_module_is_longer_than_its_reader() -> None:
    lengths = {
        str(path.relative_to(REPOSITORY)): len(path.read_bytes().splitlines())
        for path in files()
        if path.suffix in CODE and "migrations" not in path.parts
    }
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    assert not long
