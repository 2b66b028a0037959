"""`manage.py check --deploy` and `manage.py prepare` refuse unsafe settings, each with a sentence that says what to do."""

import base64
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.test import override_settings

from config.checks import SECRETS, TAG
from helpline.clock import now
from helpline.models import AboutUs, ConfidentialityTerms, Organisation
from tests.house.refused_settings import explained
from tests.house.tools import run, said
from tests.parts.databases import a_database, on_database
from tests.parts.environment import REPOSITORY
from tests.parts.postgres import Postgres
from tests.world.about import tell_about_us

SMTP = "django.core.mail.backends.smtp.EmailBackend"
SAFE: dict[str, Any] = {
    "MODE": "deployed",
    "SECRET_KEY": "Vq3T0m9xY_cR8kZb5LwD2nHs7JfG4aPe6UiQ1oXtKvBy0MzN-Er",
    "ROOT_KEY": bytes(range(7, 39)),
    "STORAGE_KEYS_FILE": Path("/etc/helpline/storage-keys"),
    "ORIGIN": "https://helpline.example",
    "SOURCE": "https://code.example/helpline",
    "ALLOWED_HOSTS": ["helpline.example"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    "CELERY_BROKER_URL": "redis://:Zq8mW2xVt5Lp0RkB@redis:6379/0",
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://redis"}},
    "MAILERS": {"default": {"BACKEND": SMTP, "OPTIONS": {"host": "mail.example", "use_tls": True}}},
    "DEFAULT_FROM_EMAIL": "desk@helpline.example",
}
POSTGRES = {"ENGINE": "django.db.backends.postgresql", "HOST": "postgres", "PASSWORD": "hT4nQ9sYb7Kd1CfJ"}
LOGGERS = {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}}
QUIET = {"version": 1, "root": {"level": "WARNING"}, "loggers": LOGGERS}


def logging_with(**loggers: dict[str, str]) -> dict[str, Any]:
    return {**QUIET, "loggers": {**LOGGERS, **{name.replace("_", "."): options for name, options in loggers.items()}}}


def mailer(**options: str) -> dict[str, Any]:
    return {"MAILERS": {"default": {"BACKEND": SMTP, "OPTIONS": options}}}


UNSAFE: list[tuple[str, dict[str, Any], str]] = [
    ("E001", {"MODE": "embedded"}, "HELPLINE_MODE is embedded"),
    ("E002", {"DEBUG": True}, "DEBUG is on"),
    ("E003", {"CLOCK_OFFSET": timedelta(hours=1)}, "another time than the machine's"),
    ("E004", {"SECRET_KEY": "short but 1t has m4ny diff3rent"}, "HELPLINE_SECRET_KEY can be guessed"),
    ("E004", {"SECRET_KEY": "x" * 60}, "HELPLINE_SECRET_KEY can be guessed"),
    ("E004", {"SECRET_KEY": "abcdefghijkl" * 5}, "HELPLINE_SECRET_KEY can be guessed"),
    ("E005", {"ROOT_KEY": None}, "HELPLINE_ROOT_KEY is missing"),
    ("E005", {"ROOT_KEY": bytes(32)}, "HELPLINE_ROOT_KEY is missing, or is no key"),
    ("E026", {"LIVE_KEY": "abcdefghijkl" * 5}, "HELPLINE_LIVE_KEY can be guessed"),
    ("E006", {"METRICS_TOKEN": "metrics"}, "HELPLINE_METRICS_TOKEN can be guessed"),
    ("E006", {"METRICS_TOKEN": "abcdefghijkl" * 5}, "HELPLINE_METRICS_TOKEN can be guessed"),
    ("E007", {"ORIGIN": "http://helpline.example"}, "HELPLINE_ORIGIN begins with http://"),
    ("W001", {"ORIGIN": "http://localhost:8000"}, "HELPLINE_ORIGIN is this machine"),
    ("W010", {"STORAGE_KEYS_FILE": None}, "HELPLINE_STORAGE_KEYS_FILE is not set"),
    ("W006", {"SOURCE": ""}, "HELPLINE_SOURCE is not set"),
    ("E008", {"ALLOWED_HOSTS": ["*"]}, "answer to any name"),
    ("E009", {"SESSION_COOKIE_SECURE": False}, "cookies would also be sent over http"),
    ("E009", {"CSRF_COOKIE_SECURE": False}, "cookies would also be sent over http"),
    ("E010", {"ALLAUTH_TRUSTED_PROXY_COUNT": 0}, "HELPLINE_TRUSTED_PROXIES is 0"),
    ("W002", {"ALLAUTH_TRUSTED_PROXY_COUNT": 2}, "HELPLINE_TRUSTED_PROXIES is 2"),
    ("E011", {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, "The database is not Postgres"),
    ("E012", {"DATABASES": {"default": {**POSTGRES, "PASSWORD": ""}}}, "HELPLINE_DATABASE_URL has no password"),
    ("W008", {"DATABASES": {"default": {**POSTGRES, "HOST": "db.example.org"}}}, "?sslmode=verify-full"),
    ("W008", {"DATABASES": {"default": {**POSTGRES, "HOST": "10.0.0.7", "OPTIONS": {"sslmode": "require"}}}}, "?sslmode=verify-full"),
    ("W009", {"CELERY_BROKER_URL": "redis://:Zq8mW2xVt5Lp0RkB@queue.example.org:6379/0"}, "rediss://"),
    ("E013", {"CELERY_BROKER_URL": "memory://localhost"}, "in one process's memory"),
    ("E014", {"CELERY_BROKER_URL": "redis://redis:6379/0"}, "HELPLINE_REDIS_URL has no password"),
    ("E024", {"DATABASES": {"default": {**POSTGRES, "PASSWORD": "a" * 20}}}, "The database's password can be guessed"),
    ("E024", {"DATABASES": {"default": {**POSTGRES, "PASSWORD": "helpline"}}}, "The database's password can be guessed"),
    ("E024", {"DATABASES": {"default": {**POSTGRES, "PASSWORD": "helpline" * 6}}}, "The database's password can be guessed"),
    ("E025", {"CELERY_BROKER_URL": "redis://:rrrrrrrrrrrrrrrrrrrr@redis:6379/0"}, "The queue's password can be guessed"),
    (
        "E015",
        {"CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}},
        "Each process counts guessed passwords on its own",
    ),
    ("E016", {"CELERY_TASK_ALWAYS_EAGER": True}, "Tasks run inside the request"),
    ("E017", {"CELERY_TASK_ACKS_LATE": False}, "lost when its worker dies"),
    ("E017", {"CELERY_TASK_REJECT_ON_WORKER_LOST": False}, "lost when its worker dies"),
    ("E018", {"LOGGING": {**QUIET, "root": {"level": "DEBUG"}}}, "“the root” writes everything"),
    ("E018", {"LOGGING": logging_with(messaging={"level": "DEBUG"})}, "“messaging” writes everything"),
    ("E019", {"LOGGING": logging_with(django_request={"level": "WARNING"})}, "“django.request” writes which addresses"),
    ("E019", {"LOGGING": {"version": 1, "loggers": {"django.request": {"level": "ERROR"}}}}, "“django.security” writes which addresses"),
    ("W003", {"MAILERS": {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}}, "No email is sent"),
    ("W007", mailer(host="mail.example"), "Invitations go to the mail server unencrypted"),
    ("W004", {"DEFAULT_FROM_EMAIL": "helpline@localhost"}, "Set HELPLINE_EMAIL_FROM"),
    ("E020", {"USE_TZ": False}, "must be kept in UTC"),
    ("E020", {"CELERY_TIMEZONE": "Europe/London"}, "must be kept in UTC"),
]


def found(databases: list[str] | None = None, **changed: Any) -> list[CheckMessage]:
    plain = {"DATABASES": {"default": POSTGRES}, "LOGGING": QUIET} | SAFE | changed
    # Set by hand, for override_settings would make connections and loggers anew, and the checks only read.
    by_hand = {"DATABASES", "LOGGING"}
    with override_settings(**{name: value for name, value in plain.items() if name not in by_hand}), pytest.MonkeyPatch.context() as patch:
        for name in by_hand:
            patch.setattr(settings, name, plain[name])
        return checks.run_checks(tags=[TAG], include_deployment_checks=True, databases=databases or [])


def test_a_safe_installation_has_nothing_to_put_right() -> None:
    assert found() == []


@pytest.mark.parametrize(("number", "changed", "sentence"), UNSAFE)
def test_an_unsafe_setting_is_named_with_what_to_do(number: str, changed: dict[str, Any], sentence: str) -> None:
    [message] = found(**changed)
    assert message.id == f"helpline.{number}"
    assert sentence in message.msg
    assert message.is_serious() == number.startswith("E")


@pytest.mark.django_db
def test_the_site_is_not_ready_until_it_says_who_is_behind_it() -> None:
    ConfidentialityTerms.objects.create(version=1, text="What you write is private.", published_on="2026-11-24")
    tell_about_us(complaints=" ")
    own = Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 0000", recording="never")
    [message] = found(["default"])
    assert (message.id, message.is_serious()) == ("helpline.W011", False)
    assert "it does not say how to complain, the caller’s number. An admin" in message.msg
    AboutUs.objects.update(complaints="To the office.")
    own.phone = ""
    own.save()
    assert found(["default"]) == []


@pytest.mark.django_db
def test_a_database_is_asked_for_terms_and_for_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {message.id for message in found(["default"])} == {"helpline.W005", "helpline.W011"}
    ConfidentialityTerms.objects.create(version=1, text="What you write is private.", published_on="2026-11-24")
    tell_about_us()
    assert found(["default"]) == []
    from config import checks as ours

    actual = now()
    monkeypatch.setattr(ours, "now", lambda: actual + timedelta(seconds=60))
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        assert [message.id for message in found(["default"])] == ["helpline.E022"]


@pytest.mark.postgres
@pytest.mark.django_db
def test_more_processes_than_the_database_lets_in_are_refused() -> None:
    ConfidentialityTerms.objects.create(version=1, text="What you write is private.", published_on="2026-11-24")
    tell_about_us()
    assert found(["default"], WEB_WORKERS=7) == []  # The tests' own database lets a hundred in.
    [message] = found(["default"], WEB_WORKERS=8)
    assert (message.id, message.is_serious()) == ("helpline.E023", True)
    assert "Lower HELPLINE_WEB_WORKERS" in message.msg


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_database_without_tables_is_asked_nothing_that_it_would_call_an_error(postgres_server: Postgres) -> None:
    with a_database(postgres_server, "nothing_yet"), on_database("nothing_yet"):
        before = postgres_server.log_text
        assert found(["default"]) == []
        assert "does not exist" not in postgres_server.log_text.removeprefix(before)


def test_every_check_has_a_test_that_shows_it() -> None:
    source = "".join((REPOSITORY / "config" / name).read_text() for name in ("checks.py", "checks_of_content.py"))
    numbers = {f"E{secret.number:03}" for secret in SECRETS} | {
        f"{'E' if kind == 'error' else 'W'}{int(number):03}" for kind, number in re.findall(r"yield _(error|warning)\(\s*(\d+),", source)
    }
    shown = {number for number, _, _ in UNSAFE} | {"W005", "W011", "E021", "E022", "E023"}
    assert numbers == shown
    assert set(re.findall(r"HELPLINE_[A-Z_]+", source)) <= explained() | {"HELPLINE_MODE"}


GOOD = {
    "HELPLINE_DATABASE_URL": "postgresql://helpline:hT4nQ9sYb7Kd1CfJ@127.0.0.1:9/helpline",
    "HELPLINE_REDIS_URL": "redis://:Zq8mW2xVt5Lp0RkB@127.0.0.1:9/0",
    "HELPLINE_SECRET_KEY": str(SAFE["SECRET_KEY"]),
    "HELPLINE_ORIGIN": "https://helpline.example",
    "HELPLINE_ROOT_KEY": base64.urlsafe_b64encode(bytes(range(7, 39))).rstrip(b"=").decode(),
    "HELPLINE_STORAGE_KEYS_FILE": "/etc/helpline/storage-keys",
    "HELPLINE_SOURCE": "https://code.example/helpline",
    "HELPLINE_EMAIL_HOST": "mail.example",
    "HELPLINE_EMAIL_FROM": "desk@helpline.example",
}


def test_a_whole_environment_passes_every_check_of_ours_and_djangos() -> None:
    """But for the database, which is not there."""
    done = run("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert set(re.findall(r"\(([a-z]+\.[EW]\d+)\)", done.stderr)) == {"helpline.E021"}, said(done)


def test_what_is_said_nothing_about_stands_elsewhere() -> None:
    """Frames: the policy of every page, which test_a_visit_stays_private reads. http: Caddy, which turns an https origin's visitors."""
    assert set(settings.SILENCED_SYSTEM_CHECKS) == {"auth.W004", "mail.E001", "security.W002", "security.W008", "security.W021"}
    assert settings.SECURE_CSP["frame-ancestors"] == ["'none'"]
    assert "django.middleware.csp.ContentSecurityPolicyMiddleware" in settings.MIDDLEWARE
    proxy = (REPOSITORY / "config" / "Caddyfile").read_text()
    assert "\n{$HELPLINE_ORIGIN} {\n" in proxy
    assert "auto_https" not in proxy


def test_a_database_that_is_away_is_told() -> None:
    done = run("python", "manage.py", "check", "--deploy", "--tag", TAG, "--database", "default", **GOOD)
    assert done.returncode != 0
    assert "helpline.E021" in done.stderr


def test_nothing_is_prepared_with_an_unsafe_setting() -> None:
    done = run("python", "manage.py", "prepare", **{**GOOD, "HELPLINE_SECRET_KEY": "guess me", "HELPLINE_TRUSTED_PROXIES": "0"})
    assert done.returncode != 0
    assert "helpline.E004: HELPLINE_SECRET_KEY can be guessed." in done.stderr
    assert "Not started. First correct the settings above (3)." in done.stderr
    assert "Traceback" not in done.stderr


def test_the_tests_own_installation_is_deployed_as_far_as_a_trial_is() -> None:
    if os.environ.get("HELPLINE_MODE") == "deployed":
        serious = [
            message for message in checks.run_checks(tags=[TAG], include_deployment_checks=True, databases=[]) if message.is_serious()
        ]
        assert serious == []
