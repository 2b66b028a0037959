"""Each secret may stand in a file that NAME_FILE names; what is wrong with it is said at the start, with nothing of what stands there."""

from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from config.environment import SECRETS
from config.secret_files import MOST_OF_A_FILE
from tests.house.refused_settings import GOOD
from tests.house.tools import run

SECRET = "Vq3T0m9xY_cR8kZb5LwD2nHs7JfG4aPe6UiQ1oXtKvBy0MzN-Er"
VALUES = {
    "HELPLINE_SECRET_KEY": ("SECRET_KEY", SECRET),
    "HELPLINE_SECRET_KEY_BEFORE": ("SECRET_KEY_FALLBACKS", f"{SECRET},{SECRET[::-1]}"),
    "HELPLINE_DATABASE_URL": ("DATABASES['default']['PASSWORD']", "postgresql://helpline:hT4nQ9sYb7Kd1CfJ@127.0.0.1:9/helpline"),
    "HELPLINE_REDIS_URL": ("CELERY_BROKER_URL", "redis://:Zq8mW2xVt5Lp0RkB@127.0.0.1:9/0"),
    "HELPLINE_METRICS_TOKEN": ("METRICS_TOKEN", "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6"),
    "HELPLINE_LIVE_KEY": ("LIVE_KEY", "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p7"),
    "HELPLINE_EMAIL_PASSWORD": ("MAILERS['default']['OPTIONS']['password']", "a password with spaces"),
}
SHOW = "from config import settings; print(repr(settings.{}))"
BAD = [
    (b"", "names a file with nothing in it"),
    (b"\n", "names a file with nothing in it"),
    (b"hidden\n\n", "must name a file of one line, with no space before or after it"),
    (b"hidden\nhidden\n", "must name a file of one line"),
    (b" hidden\n", "must name a file of one line"),
    (b"hid\0den", "must name a file of one line"),
    (b"hidden" * MOST_OF_A_FILE, "must name a file of one line"),
    (b"hidden\xff", "must name a file of text"),
]


def without(name: str) -> dict[str, str]:
    return {each: value for each, value in GOOD.items() if each != name} | {"HELPLINE_EMAIL_HOST": "mail.example"}


def test_every_secret_is_tried_here() -> None:
    assert set(VALUES) == SECRETS


@cache
def read_from_environment(name: str) -> CompletedProcess[str]:
    """The setting, where the secret stands in the environment itself."""
    setting, value = VALUES[name]
    return run("python", "-c", SHOW.format(setting), **without(name), **{name: value})


@pytest.mark.parametrize("name", sorted(SECRETS))
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_secret_is_read_from_its_file(name: str, end: str, tmp_path: Path) -> None:
    setting, value = VALUES[name]
    file = tmp_path / "secret"
    file.write_bytes(f"{value}{end}".encode())
    from_file = run("python", "-c", SHOW.format(setting), **without(name), **{f"{name}_FILE": str(file)})
    from_environment = read_from_environment(name)
    assert from_file.returncode == 0, from_file.stderr
    assert from_file.stdout == from_environment.stdout
    assert len(from_file.stdout) > 10


@pytest.mark.parametrize(("raw", "sentence"), BAD, ids=lambda part: repr(part)[:24])
def test_a_file_that_cannot_be_meant_is_refused(raw: bytes, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(raw)
    done = run("python", "manage.py", "check", **without("HELPLINE_SECRET_KEY"), HELPLINE_SECRET_KEY_FILE=str(file))
    assert done.returncode == 1
    assert f"HELPLINE_SECRET_KEY_FILE {sentence}" in done.stderr
    assert "hidden" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_or_is_none_is_refused(tmp_path: Path) -> None:
    for file, why in ((tmp_path / "nowhere", "No such file or directory"), (tmp_path, "Is a directory")):
        done = run("python", "manage.py", "check", **without("HELPLINE_REDIS_URL"), HELPLINE_REDIS_URL_FILE=str(file))
        assert done.returncode == 1
        assert f"HELPLINE_REDIS_URL_FILE must name a file that can be read here, and {str(file)!r} cannot: {why}." in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_secret_that_is_set_twice_is_refused(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(VALUES[name][1])
    done = run("python", "manage.py", "check", **without(name), **{name: VALUES[name][1], f"{name}_FILE": str(file)})
    assert done.returncode == 1
    assert f"{name} and {name}_FILE are both set. Leave one of them out." in done.stderr


def test_all_that_is_wrong_with_files_is_said_together(tmp_path: Path) -> None:
    wrong = {f"{name}_FILE": str(tmp_path / "nowhere") for name in SECRETS}
    kept = {name: value for name, value in GOOD.items() if name not in SECRETS}
    done = run("python", "manage.py", "check", **kept, **wrong)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1 + len(SECRETS), done.stderr
    assert {line.partition(" ")[0] for line in lines[1:]} == set(wrong)


def test_nothing_but_secrets_is_read_from_files(tmp_path: Path) -> None:
    file = tmp_path / "origin"
    file.write_text("https://helpline.example")
    done = run("python", "manage.py", "check", **without("HELPLINE_ORIGIN"), HELPLINE_ORIGIN_FILE=str(file))
    assert "Set HELPLINE_ORIGIN in the environment." in done.stderr
