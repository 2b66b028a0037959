"""Checks of our own for `manage.py check --deploy`: an unsafe setting is refused, with a sentence that says what to do about it.

`manage.py prepare`, which docker-compose.yml runs before anything else, asks the same and stops at an error.
"""

import logging
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - as Django calls it
from django.db import DatabaseError, connections

from config.addresses import stays_on_this_machine
from config.checks_of_content import check_about_us, check_terms
from helpline.clock import now

TAG = "deployment"
CLOCK_SECONDS = 5
OTHER_CONNECTIONS = 12  # Two workers of two processes, their masters, beat with its lock, a backup, and whoever looks.


class GuessableSecret(NamedTuple):
    """A secret that must not be guessed: its value (empty where there is none), the least length, and of how many different characters."""

    number: int
    value: Callable[[], str]
    length: int
    variety: int
    sentence: str


def _database_password() -> str:
    database = settings.DATABASES.get("default", {})
    asks = str(database.get("ENGINE", "")).endswith("postgresql") and database.get("HOST")
    return str(database.get("PASSWORD", "")) if asks else ""


def _queue_password() -> str:
    broker = urlsplit(str(settings.CELERY_BROKER_URL))
    return (broker.password or "") if broker.scheme in {"redis", "rediss"} else ""


SECRETS = (
    GuessableSecret(
        4,
        lambda: str(settings.SECRET_KEY),
        50,
        12,
        "HELPLINE_SECRET_KEY can be guessed. Make one with at least 50 random characters, as .env.example says.",
    ),
    GuessableSecret(
        6,
        lambda: str(settings.METRICS_TOKEN),
        32,
        12,
        "HELPLINE_METRICS_TOKEN can be guessed. Make one with at least 32 random characters, or leave it empty.",
    ),
    GuessableSecret(
        26,
        lambda: str(settings.LIVE_KEY),
        32,
        12,
        "HELPLINE_LIVE_KEY can be guessed. Make one with at least 32 random characters, as .env.example says.",
    ),
    GuessableSecret(
        24, _database_password, 16, 8, "The database's password can be guessed. Set one of at least 16 random letters and digits."
    ),
    GuessableSecret(25, _queue_password, 16, 8, "The queue's password can be guessed. Set one of at least 16 random letters and digits."),
)
ROOT_VARIETY = 12


def register_checks() -> None:
    """Called once, when Django is ready."""
    for check in (
        check_mode,
        check_secrets,
        check_addresses,
        check_parts,
        check_celery,
        check_logs,
        check_mail,
        check_clocks,
        check_connections,
        check_terms,
        check_about_us,
    ):
        checks.register(check, TAG, deploy=True)


def _error(number: int, sentence: str) -> Error:
    return Error(sentence, id=f"helpline.E{number:03}")


def _warning(number: int, sentence: str) -> Warning:
    return Warning(sentence, id=f"helpline.W{number:03}")


def check_mode(**_: Any) -> Iterator[CheckMessage]:
    if settings.MODE != "deployed":
        yield _error(1, f"HELPLINE_MODE is {settings.MODE}, which is only for made-up data. Leave it out, or set it to deployed.")
    engines: Any = settings.TEMPLATES
    if settings.DEBUG or any(engine.get("OPTIONS", {}).get("debug") for engine in engines):
        yield _error(2, "DEBUG is on: pages of errors would show what people wrote. Set it to False in config/settings.py.")
    if settings.CLOCK_OFFSET:
        yield _error(3, "The service's clock is set to another time than the machine's. Only the demonstration may do that.")


def check_secrets(**_: Any) -> Iterator[CheckMessage]:
    root = settings.ROOT_KEY
    if not root or len(set(root)) < ROOT_VARIETY:
        yield _error(5, "HELPLINE_ROOT_KEY is missing, or is no key. Make it with `manage.py keys root` on a machine of its own.")
    for secret in SECRETS:
        value = secret.value()
        if value and _guessable(value, secret):
            yield _error(secret.number, secret.sentence)
    if settings.STORAGE_KEYS_FILE is None:
        yield _warning(10, "HELPLINE_STORAGE_KEYS_FILE is not set, so a stolen dump has the vaults as they are. .env.example says more.")


def _guessable(value: str, secret: GuessableSecret) -> bool:
    """Whether it is shorter than asked for, of few characters, or says less than its length: what repeats can be packed."""
    packed = len(zlib.compress(value.encode(), 9))
    return len(value) < secret.length or len(set(value)) < secret.variety or packed < 0.75 * len(value)


def check_addresses(**_: Any) -> Iterator[CheckMessage]:
    origin = urlsplit(settings.ORIGIN)
    local = origin.hostname in {"localhost", "127.0.0.1"}
    if origin.scheme != "https" and not local and not str(origin.hostname).endswith(".onion"):
        yield _error(7, "HELPLINE_ORIGIN begins with http://, so anyone on the way could change the site. Give it an https:// address.")
    if local:
        yield _warning(1, "HELPLINE_ORIGIN is this machine: nobody else can reach the site, and inboxes made now end with the trial.")
    if not settings.SOURCE:
        yield _warning(6, "HELPLINE_SOURCE is not set: the licence requires the site to tell people where its source code is.")
    if "*" in settings.ALLOWED_HOSTS:
        yield _error(8, "ALLOWED_HOSTS lets the site answer to any name. List only the origin's host.")
    if origin.scheme == "https" and not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield _error(9, "The staff's cookies would also be sent over http. Set SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE.")
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if origin.scheme == "https" and proxies == 0:
        yield _error(
            10,
            "HELPLINE_TRUSTED_PROXIES is 0, and https needs a proxy: all staff would count as one address. Set it to 1.",
        )
    if proxies > 1:
        yield _warning(
            2, f"HELPLINE_TRUSTED_PROXIES is {proxies}. If there are fewer, someone guessing passwords could pretend to be many addresses."
        )


def check_parts(**_: Any) -> Iterator[CheckMessage]:
    database = settings.DATABASES.get("default", {})
    if not str(database.get("ENGINE", "")).endswith("postgresql"):
        yield _error(11, "The database is not Postgres: only there do constraints and locks hold. Set HELPLINE_DATABASE_URL.")
    elif database.get("HOST") and not database.get("PASSWORD"):
        yield _error(12, "The database lets anyone in: HELPLINE_DATABASE_URL has no password. Set one in Postgres and in the address.")
    if not stays_on_this_machine(str(database.get("HOST", ""))) and database.get("OPTIONS", {}).get("sslmode") != "verify-full":
        yield _warning(
            8,
            "The database is on another machine, and does not have to prove who it is. Add ?sslmode=verify-full to HELPLINE_DATABASE_URL.",
        )
    broker = urlsplit(str(settings.CELERY_BROKER_URL))
    if broker.scheme not in {"redis", "rediss"}:
        yield _error(13, "The queue is in one process's memory: no worker would hear of it. Set HELPLINE_REDIS_URL.")
    elif not broker.password:
        yield _error(14, "The queue accepts tasks from anyone: HELPLINE_REDIS_URL has no password. Set one in Redis and in the address.")
    if broker.scheme == "redis" and not stays_on_this_machine(str(broker.hostname or "")):
        yield _warning(
            9, "The queue is on another machine, and the way to it is not encrypted. Let HELPLINE_REDIS_URL begin with rediss://."
        )
    if "locmem" in str(settings.CACHES["default"]["BACKEND"]):
        yield _error(15, "Each process counts guessed passwords on its own. Set the cache to Redis.")


def check_celery(**_: Any) -> Iterator[CheckMessage]:
    if getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False):
        yield _error(16, "Tasks run inside the request: people would wait for routing and mail. Remove CELERY_TASK_ALWAYS_EAGER.")
    if not (settings.CELERY_TASK_ACKS_LATE and settings.CELERY_TASK_REJECT_ON_WORKER_LOST):
        yield _error(17, "A task is lost when its worker dies. Set CELERY_TASK_ACKS_LATE and CELERY_TASK_REJECT_ON_WORKER_LOST.")


def check_logs(**_: Any) -> Iterator[CheckMessage]:
    said: Any = settings.LOGGING
    loggers: dict[str, dict[str, Any]] = {"the root": said.get("root", {}), **said.get("loggers", {})}
    for name, options in loggers.items():
        if logging.getLevelNamesMapping().get(str(options.get("level", "WARNING")), logging.WARNING) <= logging.DEBUG:
            yield _error(18, f"The logger “{name}” writes everything (DEBUG), and with it what must not be kept. Set it to INFO or above.")
    for name in ("django.request", "django.security"):
        level = str(loggers.get(name, {}).get("level", "WARNING"))
        if logging.getLevelNamesMapping().get(level, logging.WARNING) < logging.ERROR:
            yield _error(19, f"The logger “{name}” writes which addresses of the site were asked for. Set it to ERROR.")


def check_mail(**_: Any) -> Iterator[CheckMessage]:
    mailer: dict[str, Any] = settings.MAILERS["default"]
    options = mailer.get("OPTIONS", {})
    encrypted = options.get("use_tls") or options.get("use_ssl")
    if not encrypted and options.get("host", "localhost") not in {"localhost", "127.0.0.1", "::1"}:
        yield _warning(7, "Invitations go to the mail server unencrypted. Set HELPLINE_EMAIL_SECURITY to starttls or tls.")
    if mailer["BACKEND"].rpartition(".")[0].rpartition(".")[2] in {"dummy", "console", "filebased", "locmem"}:
        yield _warning(3, "No email is sent, so invitations and notices to the leads do not arrive. Set HELPLINE_EMAIL_HOST.")
    elif settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield _warning(4, "Email comes from an address that nobody takes. Set HELPLINE_EMAIL_FROM.")


def check_clocks(*, databases: Sequence[str] | None = None, **_: Any) -> Iterator[CheckMessage]:
    if not settings.USE_TZ or settings.CELERY_TIMEZONE != "UTC":
        yield _error(20, "Instants must be kept in UTC, or an hour is doubled each year. Set USE_TZ to True and CELERY_TIMEZONE to UTC.")
    for alias in databases or ():
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT CURRENT_TIMESTAMP")
                there = cursor.fetchone()[0]
        except DatabaseError:
            yield _error(21, "The database does not answer. Start it, or correct HELPLINE_DATABASE_URL.")
            return
        if connections[alias].vendor == "postgresql" and abs((now() - there).total_seconds()) > CLOCK_SECONDS:
            yield _error(22, f"The clocks of this machine and the database differ by more than {CLOCK_SECONDS} s. Set both by NTP.")


def check_connections(*, databases: Sequence[str] | None = None, **_: Any) -> Iterator[CheckMessage]:
    """Whether the database lets in as many as may come: each thread of both web servers, two of each process besides, workers and beat."""
    needed = 2 * settings.WEB_WORKERS * (settings.WEB_THREADS + 2) + OTHER_CONNECTIONS
    for alias in databases or ():
        if connections[alias].vendor != "postgresql":
            continue
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int")
                there = cursor.fetchone()[0]
        except DatabaseError:
            return  # `check_clocks` says so.
        if needed > there:
            yield _error(
                23,
                f"The database allows {there} connections, and {needed} may be needed. Lower HELPLINE_WEB_WORKERS, or raise Postgres's "
                "max_connections.",
            )
