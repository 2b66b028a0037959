"""What `manage.py demo` is told wrongly, it refuses with a sentence; and what is not its own, it leaves alone."""

import json
import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.demonstration import run

PRINTED = {"site", "desk", "people", "inboxes", "root", "origin", "at", "clock_offset", "version"}


@pytest.mark.parametrize("at", ["Saturday", "2026-11-28T11:00:00", "2026-02-30T00:00:00Z"])
def test_an_instant_needs_sense_and_an_offset(tmp_path: Path, at: str) -> None:
    ended = run("demo", "--data", str(tmp_path / "demo"), "--at", at, "--seed-only")
    assert ended.returncode != 0
    assert "--at must be an instant with its offset" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "demo" / "helpline.sqlite3").exists()


def test_a_port_that_is_taken_is_named(tmp_path: Path, client_build: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("demo", "--data", str(tmp_path / "demo"), "--port", str(port))
    assert ended.returncode != 0
    assert f"Port {port} cannot be used" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "demo" / "helpline.sqlite3").exists()


def test_a_folder_with_another_database_is_not_touched(tmp_path: Path) -> None:
    database = tmp_path / "helpline.sqlite3"
    database.write_bytes(b"somebody's")
    ended = run("demo", "--data", str(tmp_path), "--seed-only")
    assert ended.returncode != 0
    assert "Name another folder" in ended.stderr
    assert database.read_bytes() == b"somebody's"


def test_a_word_that_is_misspelt_resets_nothing(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text("{}")
    ended = run("demo", "--data", str(tmp_path), "--reset", "--prot", "9000")
    assert ended.returncode != 0
    assert "unrecognized arguments: --prot 9000" in ended.stderr
    assert (tmp_path / "demo.json").read_text() == "{}"


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was seeded once, for a Tuesday at ten."""
    folder = tmp_path_factory.mktemp("demonstration") / "seeded"
    ended = run("demo", "--data", str(folder), "--seed-only", "--json", "--at", "2026-11-24T10:00:00+00:00")
    assert ended.returncode == 0, ended.stderr
    assert set(json.loads(ended.stdout)) == PRINTED
    return folder


@pytest.mark.night("one more demonstration is made; by day a folder with another database is not touched")
def test_a_reset_removes_only_the_demonstrations_own_files(seeded: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(seeded, tmp_path / "demo")
    (folder / "diary.txt").write_text("mine")
    ended = run("demo", "--data", str(folder), "--seed-only", "--json", "--reset")
    assert ended.returncode == 0, ended.stderr
    assert set(json.loads(ended.stdout)) == PRINTED
    with closing(sqlite3.connect(folder / "helpline.sqlite3")) as database:
        # The tests' own process takes a shorter way; what is run takes Django's whole one.
        cost = f"scrypt${2**14}$"
        assert {password[: len(cost)] for (password,) in database.execute("SELECT password FROM helpline_account")} == {cost}
    assert (folder / "diary.txt").read_text() == "mine"


@pytest.mark.night("one more demonstration is made; by day the command answers from a calendar of its own")
def test_the_calendar_of_a_seeded_folder_answers(seeded: Path) -> None:
    states = []
    for at in ("2026-11-24T10:00:00+00:00", "2026-11-24T16:50:00+00:00", "2026-11-28T11:00:00+00:00", "2026-11-30T11:00:00+00:00"):
        ended = run("availability", "--data", str(seeded), "--at", at, "--channel", "phone", "--json")
        assert ended.returncode == 0, ended.stderr
        states.append(json.loads(ended.stdout)["state"])
    assert states == ["open", "closing_soon", "closed", "closed"]
