"""`manage.py availability` says what the pages say: one line of JSON, or a sentence."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from helpline.models import Counsellor, Organisation
from helpline.rota.shifts import add_shift
from tests.parts.environment import REPOSITORY
from tests.world.instants import utc


def _run(*arguments: str) -> str:
    written = StringIO()
    call_command("availability", *arguments, stdout=written)
    return written.getvalue()


def _json(*arguments: str) -> dict[str, str | None]:
    line = _run(*arguments, "--json")
    assert line.count("\n") == 1
    answer: dict[str, str | None] = json.loads(line)
    return answer


def test_the_last_ten_minutes_before_christmas(organisation: Organisation, anna: Counsellor) -> None:
    add_shift(counsellor=anna, channel="phone", starts_at=utc("2026-12-24 13:00"), ends_at=utc("2026-12-24 17:00"))
    answer = _json("--at", "2026-12-24T16:50:00+00:00", "--channel", "phone")
    assert list(answer) == ["channel", "at", "state", "opens_at", "closes_at", "reason", "reply_by"]
    assert answer == {
        "channel": "phone",
        "at": "2026-12-24T16:50:00Z",
        "state": "closing_soon",
        "opens_at": None,
        "closes_at": "2026-12-24T17:00:00Z",
        "reason": None,
        "reply_by": "2026-12-29T16:50:00Z",
    }


def test_a_holiday(organisation: Organisation) -> None:
    assert _json("--at", "2026-12-25T12:00:00+00:00", "--channel", "messages") == {
        "channel": "messages",
        "at": "2026-12-25T12:00:00Z",
        "state": "closed",
        "opens_at": "2026-12-29T09:00:00Z",
        "closes_at": None,
        "reason": "Christmas Day",
        "reply_by": "2026-12-29T17:00:00Z",
    }


def test_the_rota_counts_unless_left_out(organisation: Organisation) -> None:
    question = ("--at", "2026-06-24T10:00:00+01:00", "--channel", "messages")
    assert (_json(*question)["state"], _json(*question, "--calendar-only")["state"]) == ("unstaffed", "open")


@pytest.mark.parametrize(
    ("nation", "reason"),
    [("scotland", None), ("england-and-wales", "Easter Monday"), ("northern-ireland", "Easter Monday"), ("none", None)],
)
def test_any_nation_can_be_asked_for(organisation: Organisation, nation: str, reason: str | None) -> None:
    answer = _json("--at", "2026-04-06T12:00:00Z", "--channel", "phone", "--calendar-only", "--nation", nation)
    assert answer["reason"] == reason


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2026-12-24T10:00:00Z", "Messages: nobody is on duty, although it is open until 17:00 on Thursday 24 December 2026."),
        ("2026-12-24T18:00:00Z", "Messages: closed; opens at 09:00 on Tuesday 29 December 2026."),
        ("2026-12-25T12:00:00Z", "Messages: closed for Christmas Day; opens at 09:00 on Tuesday 29 December 2026."),
    ],
)
def test_without_json_it_is_a_sentence(organisation: Organisation, at: str, sentence: str) -> None:
    assert _run("--at", at, "--channel", "messages").startswith(sentence)


def test_the_sentence_tells_when_it_closes(organisation: Organisation) -> None:
    said = _run("--at", "2026-06-24T15:50:00Z", "--channel", "phone", "--calendar-only")
    assert said == "Phone: open until 17:00 on Wednesday 24 June 2026, closing soon.\n"


@pytest.mark.parametrize("at", ["2026-12-24T16:50:00", "tomorrow", "2026-02-30T12:00:00Z", "9999-01-01T00:00:00Z"])
def test_what_is_no_instant_is_refused_with_an_example(organisation: Organisation, at: str) -> None:
    with pytest.raises(CommandError, match="such as 2026-12-24T16:50:00"):
        _run("--at", at, "--channel", "phone")


@pytest.mark.parametrize("wrong", [("--channel", "pigeon"), ("--channel", "phone", "--nation", "atlantis"), ()])
def test_other_words_are_refused(organisation: Organisation, wrong: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        _run("--at", "2026-12-24T16:50:00Z", *wrong)


def _process(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HELPLINE_")}
    command = [sys.executable, "manage.py", "availability", "--channel", "phone", "--data", str(data), *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=clean, capture_output=True, text=True, check=False)


def test_a_bad_instant_ends_with_status_two_and_a_folder_without_data_with_one(tmp_path: Path) -> None:
    bad = _process(tmp_path, "--at", "2026-12-24T16:50:00")
    assert (bad.returncode, "such as 2026-12-24T16:50:00+00:00" in bad.stderr) == (2, True)
    empty = _process(tmp_path, "--at", "2026-12-24T16:50:00Z", "--json")
    assert (empty.returncode, "--seed-only" in empty.stderr, empty.stdout) == (1, True, "")
    assert "Traceback" not in bad.stderr + empty.stderr
    assert not list(tmp_path.glob("*.sqlite3"))
