"""What is missing or malformed in the environment stops the start, with a sentence that says what to set."""

import ast
import re
from pathlib import Path

import pytest

from config.environment import SECRETS
from tests.house.refused_settings import GOOD, explained
from tests.house.tools import files, run
from tests.parts.environment import REPOSITORY

BAD = [
    ("HELPLINE_MODE", "production", "must be one of deployed, embedded, offline"),
    ("HELPLINE_DATABASE_URL", "mysql://helpline@127.0.0.1/helpline", "must look like postgresql://"),
    ("HELPLINE_DATABASE_URL", "postgresql://helpline@127.0.0.1", "must look like postgresql://"),
    ("HELPLINE_DATABASE_URL", "postgresql://helpline@one,two:5432/helpline", "names several hosts"),
    ("HELPLINE_DATABASE_URL", "postgresql://helpline@one:port/helpline", "has a port that is not a number"),
    ("HELPLINE_DATABASE_URL", "postgresql://helpline@one/helpline?sslmode=verify", "has 'verify' for sslmode. It must be one of disable"),
    ("HELPLINE_DATABASE_URL", "postgresql://helpline@one/helpline?sslrootcert=", "has '' for sslrootcert. It must be a file"),
    ("HELPLINE_DATABASE_URL", "postgresql://helpline@one/helpline?options=-c%20x", "asks for 'options', which is not known here"),
    ("HELPLINE_REDIS_URL", "http://127.0.0.1:6379", "must look like redis://"),
    ("HELPLINE_REDIS_URL", "redis://127.0.0.1:65536", "has a port that is not a number"),
    ("HELPLINE_ORIGIN", "helpline.example", "must be an origin such as https://helpline.example"),
    ("HELPLINE_ORIGIN", "https://helpline.example/", "must be an origin such as https://helpline.example"),
    ("HELPLINE_ORIGIN", "http://helpline.example", "must begin with https://"),
    ("HELPLINE_ROOT_KEY", "AAAA", "must be 32 bytes as unpadded base64url"),
    ("HELPLINE_ROOT_KEY", "not base64url!", "must be 32 bytes as unpadded base64url"),
    ("HELPLINE_TRUSTED_PROXIES", "many", "must be a whole number from 0 to 5"),
    ("HELPLINE_METRICS_TOKEN", "short", "must be at least 32 letters, digits, hyphens and underscores, or not be set"),
    ("HELPLINE_LIVE_KEY", "short", "must be at least 32 letters, digits, hyphens and underscores, or not be set"),
    ("HELPLINE_SOURCE", "http://code.example", "must be an address that begins with https://, or not be set"),
    ("HELPLINE_EMAIL_SECURITY", "ssl", "must be one of starttls, tls, none"),
    ("HELPLINE_EMAIL_PASSWORD", "pässword", "must contain only ASCII letters, digits and signs, or not be set"),
    ("HELPLINE_FLOOD_FROM", "0", "must be a whole number from 1 to 1000000"),
    ("HELPLINE_TRUSTED_PROXIES", "6", "must be a whole number from 0 to 5"),
]
# The demo's own variables, which nobody sets by hand.
EMBEDDED = {"HELPLINE_MODE", "HELPLINE_DATA", "HELPLINE_CLOCK_OFFSET"}


def test_a_whole_environment_starts() -> None:
    done = run("python", "-c", "import config.settings", **GOOD)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", sorted(GOOD))
def test_each_variable_that_is_needed_is_asked_for_by_name(name: str) -> None:
    done = run("python", "manage.py", "check", **{key: value for key, value in GOOD.items() if key != name})
    assert done.returncode != 0
    assert f"Set {name} in the environment. .env.example says what it means." in done.stderr


@pytest.mark.parametrize(("name", "value", "sentence"), BAD)
def test_a_malformed_value_is_refused_with_what_it_should_be(name: str, value: str, sentence: str) -> None:
    done = run("python", "manage.py", "check", **{**GOOD, name: value})
    assert done.returncode != 0
    assert f"{name} {sentence}" in done.stderr


def test_a_password_is_never_sent_in_the_clear() -> None:
    done = run("python", "manage.py", "check", **GOOD, HELPLINE_EMAIL_PASSWORD="secret", HELPLINE_EMAIL_SECURITY="none")
    assert done.returncode != 0
    assert "HELPLINE_EMAIL_PASSWORD would be sent in the clear" in done.stderr


def test_the_demo_needs_a_folder() -> None:
    done = run("python", "-c", "import config.settings", HELPLINE_MODE="embedded")
    assert not (REPOSITORY / "secret-key").exists()
    assert "Set HELPLINE_DATA in the environment." in done.stderr


def test_a_root_key_of_another_size_in_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "root.public").write_bytes(bytes(31))
    done = run("python", "-c", "import config.settings", HELPLINE_MODE="embedded", HELPLINE_DATA=str(tmp_path))
    assert "root.public must hold 32 bytes, and holds 31. Start the demo with --reset." in done.stderr


def test_the_folder_keeps_its_secret_to_its_owner(tmp_path: Path) -> None:
    show = "from config import settings; print(settings.SECRET_KEY)"
    first, second = (run("python", "-c", show, HELPLINE_MODE="embedded", HELPLINE_DATA=str(tmp_path)).stdout for _ in range(2))
    assert first == second
    assert len(first.strip()) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_real_service_takes_no_other_clock() -> None:
    show = "from config import settings; print(settings.CLOCK_OFFSET.total_seconds())"
    assert run("python", "-c", show, **GOOD, HELPLINE_CLOCK_OFFSET="3600").stdout.strip() == "0.0"


def test_the_web_servers_processes_are_counted_loudly() -> None:
    done = run("gunicorn", "--check-config", "--config", "config/gunicorn.py", "config.wsgi", **GOOD, HELPLINE_WEB_WORKERS="none")
    assert done.returncode != 0
    assert "HELPLINE_WEB_WORKERS must be a whole number from 1 to 8, not 'none'." in done.stderr + done.stdout


DOORS = [
    ["python", "manage.py", "check"],
    ["python", "manage.py", "prepare"],
    ["python", "-m", "config.health", "/health/ready"],
    ["gunicorn", "--config", "config/gunicorn.py", "config.wsgi"],
    ["celery", "--app", "config.celery", "worker"],
    ["celery", "--app", "config.celery", "beat", "--scheduler", "config.beat:OneAtATime"],
]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: " ".join(door[:3]))
def test_all_that_is_wrong_is_said_together_and_without_a_traceback(door: list[str]) -> None:
    wrong = {"HELPLINE_ROOT_KEY": "AAAA", "HELPLINE_ORIGIN": "helpline.example", "HELPLINE_SECRET_KEY": "", "HELPLINE_FLOOD_FROM": "0"}
    done = run(*door, **{**GOOD, **wrong})
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert lines[0].startswith("Not started."), done.stderr
    named = wrong.keys() if "config.health" not in door else {"HELPLINE_ORIGIN"}
    for name in named:
        assert [line for line in lines if name in line], (name, lines)
    assert len(lines) == len(named) + 1, done.stderr


def test_a_secret_is_not_repeated_where_its_address_is_refused() -> None:
    done = run("python", "manage.py", "check", **{**GOOD, "HELPLINE_DATABASE_URL": "postgresql://helpline:password@one,two/helpline"})
    assert done.returncode == 1
    assert "password" not in done.stderr


def test_what_an_address_asks_of_the_database_is_asked_of_it() -> None:
    show = "from config import settings; print(settings.DATABASES['default']['OPTIONS'])"
    address = GOOD["HELPLINE_DATABASE_URL"] + "?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    done = run("python", "-c", show, **{**GOOD, "HELPLINE_DATABASE_URL": address})
    assert ast.literal_eval(done.stdout) == {"connect_timeout": 5, "sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}


def read_by_programmes() -> set[str]:
    """The names that are given to a reader of config/environment.py, wherever."""
    calls = [
        node for path in files() if path.suffix == ".py" for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
    ]
    readers = [call for call in calls if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "environment"]
    return {str(name.value) for call in readers for name in call.args[:1] if isinstance(name, ast.Constant)}


def test_every_variable_that_is_read_is_explained_in_the_example_and_no_other() -> None:
    compose = set(re.findall(r"\$\{(HELPLINE_[A-Z_]+)", (REPOSITORY / "docker-compose.yml").read_text()))
    caddy = {name for path in files() if path.name == "Caddyfile" for name in re.findall(r"\{\$(HELPLINE_[A-Z_]+)", path.read_text())}
    read = read_by_programmes()
    assert len(read) > 10
    from_files = {f"{name}_FILE" for name in SECRETS}
    assert read >= SECRETS
    assert read | compose | caddy | from_files == explained() | EMBEDDED


def test_the_environment_is_read_in_one_way() -> None:
    """Nothing of config/ looks past the strict readers."""
    ours = [path for path in files() if path.parent == REPOSITORY / "config" and path.suffix == ".py" and path.stem != "environment"]
    assert [path.name for path in ours if re.search(r"environ(\.get\(|\[)|getenv", path.read_text())] == []
