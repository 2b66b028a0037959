"""What `manage.py demo` is told wrongly, it refuses with a sentence; and what is not its own, it leaves alone."""

import json
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.demonstration import run


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


def test_a_folder_with_another_database_is_not_touched(tmp_path: Path) -> None:
    database = tmp_path / "helpline.sqlite3"
    database.write_bytes(b"somebody's")
    ended = run("demo", "--data", str(tmp_path), "--seed-only")
    assert ended.returncode != 0
    assert "Name another folder" in ended.stderr
    assert database.read_bytes() == b"somebody's"


def test_a_reset_removes_only_the_demonstrations_own_files(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    for arguments in ((), ("--reset",)):
        ended = run("demo", "--data", str(tmp_path), "--seed-only", "--json", *arguments)
        assert ended.returncode == 0, ended.stderr
        assert set(json.loads(ended.stdout)) == {"site", "desk", "people", "inboxes", "root", "origin", "at", "clock_offset"}
    with closing(sqlite3.connect(tmp_path / "helpline.sqlite3")) as database:
        # The tests' own process takes a shorter way; what is run takes Django's whole one.
        cost = f"scrypt${2**14}$"
        assert {password[: len(cost)] for (password,) in database.execute("SELECT password FROM helpline_account")} == {cost}
    assert (tmp_path / "diary.txt").read_text() == "mine"


def test_the_calendar_of_a_seeded_folder_answers(tmp_path: Path) -> None:
    run("demo", "--data", str(tmp_path), "--seed-only", "--at", "2026-11-24T10:00:00+00:00")
    states = []
    for at in ("2026-11-24T10:00:00+00:00", "2026-11-24T16:50:00+00:00", "2026-11-28T11:00:00+00:00", "2026-11-30T11:00:00+00:00"):
        ended = run("availability", "--data", str(tmp_path), "--at", at, "--channel", "phone", "--json")
        assert ended.returncode == 0, ended.stderr
        states.append(json.loads(ended.stdout)["state"])
    assert states == ["open", "closing_soon", "closed", "closed"]
