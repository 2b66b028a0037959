"""Strict readers for the environment: what is missing or malformed stops the start, with a sentence that says what to set.

Inside `refusals.gather_refusals` they go on, so that everything that is wrong is said together. A secret may stand in a file instead.
"""

import base64
import binascii
import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config import addresses
from config.refusals import RefusedSetting, gathers_refusals
from config.secret_files import secret_in_file

NOWHERE = "unset.invalid"  # RFC 6761: a name that never is.
# Whatever of these is set may stand in a file instead, which NAME_FILE names: an environment is seen by more eyes than a file.
SECRETS = frozenset(
    {
        "HELPLINE_DATABASE_URL",
        "HELPLINE_EMAIL_PASSWORD",
        "HELPLINE_LIVE_KEY",
        "HELPLINE_METRICS_TOKEN",
        "HELPLINE_REDIS_URL",
        "HELPLINE_SECRET_KEY",
        "HELPLINE_SECRET_KEY_BEFORE",
    }
)


def _value(name: str) -> str:
    value = os.environ.get(name, "")
    file = os.environ.get(f"{name}_FILE", "") if name in SECRETS else ""
    if value and file:
        raise RefusedSetting(f"{name} and {name}_FILE are both set. Leave one of them out.")
    return secret_in_file(f"{name}_FILE", file) if file else value


def _said(name: str, default: str | None = None) -> str:
    value = _value(name) or default
    if value is None:
        raise RefusedSetting(f"Set {name} in the environment. .env.example says what it means.")
    return value


@gathers_refusals(lambda _, default=None: default or "")
def env_text(name: str, default: str | None = None) -> str:
    """The variable's value; without a default it must be set.

    Raises:
        RefusedSetting: unset or empty, and no default.
    """
    return _said(name, default)


@gathers_refusals(lambda _: "")
def env_optional(name: str) -> str:
    """The variable's value; empty where it is not set.

    Raises:
        RefusedSetting: a secret whose file cannot be used, or that is set twice.
    """
    return _value(name)


@gathers_refusals(lambda _: "")
def env_ascii(name: str) -> str:
    """The variable's value, which a protocol carries as ASCII; empty where it is not set.

    Raises:
        RefusedSetting: with any other character in it.
    """
    value = _value(name)
    if not value.isascii():
        raise RefusedSetting(f"{name} must contain only ASCII letters, digits and signs, or not be set.")
    return value


@gathers_refusals(lambda _name, default, *_: default)
def env_whole_number(name: str, default: int, least: int, most: int) -> int:
    """A whole number in [least, most].

    Raises:
        RefusedSetting: not a whole number, or out of range.
    """
    value = _said(name, str(default))
    if not re.fullmatch(r"-?\d{1,12}", value) or not least <= int(value) <= most:
        raise RefusedSetting(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
    return int(value)


@gathers_refusals(lambda _name, _allowed, default: default)
def env_choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """One of the allowed words.

    Raises:
        RefusedSetting: any other word.
    """
    value = _said(name, default)
    if value not in allowed:
        raise RefusedSetting(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


@gathers_refusals(lambda *_: f"https://{NOWHERE}")
def env_origin(name: str, default: str | None = None) -> str:
    """The site's exact origin, such as https://helpline.example (RFC 6454), without path or trailing slash.

    Raises:
        RefusedSetting: not an origin; or plain http anywhere but on this machine or an onion service.
    """
    value = _said(name, default)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or value != f"{parts.scheme}://{parts.netloc}".lower():
        raise RefusedSetting(f"{name} must be an origin such as https://helpline.example, not {value!r}.")
    local = parts.hostname in {"localhost", "127.0.0.1"} or parts.hostname.endswith(".onion")
    if parts.scheme == "http" and not local:
        raise RefusedSetting(f"{name} must begin with https:// (only localhost and onion services may be http).")
    return value


@gathers_refusals(lambda _, size: bytes(size))
def env_key(name: str, size: int) -> bytes:
    """Bytes of an exact size, written as unpadded base64url.

    Raises:
        RefusedSetting: missing, not base64url, or of another size.
    """
    value = _said(name)
    try:
        raw = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != size:
        raise RefusedSetting(f"{name} must be {size} bytes as unpadded base64url.")
    return raw


@gathers_refusals(lambda _: "")
def env_bearer(name: str) -> str:
    """A token of 32 or more letters, digits, dashes and low lines; empty where none is set.

    Raises:
        RefusedSetting: shorter, or with anything else in it.
    """
    value = _value(name)
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{32,200}", value):
        raise RefusedSetting(f"{name} must be at least 32 letters, digits, hyphens and underscores, or not be set.")
    return value


@gathers_refusals(lambda _: "")
def env_link(name: str) -> str:
    """An https:// address for a link on the pages; empty where none is set.

    Raises:
        RefusedSetting: anything else.
    """
    value = _value(name)
    parts = urlsplit(value)
    if value and (parts.scheme != "https" or not parts.hostname):
        raise RefusedSetting(f"{name} must be an address that begins with https://, or not be set.")
    return value


@gathers_refusals(lambda _: {"ENGINE": "django.db.backends.postgresql"})
def env_database(name: str) -> dict[str, Any]:
    """Django's settings for a postgresql:// address; what follows its question mark is libpq's and is kept, or refused by name.

    Raises:
        RefusedSetting: another scheme, no database name, several hosts, or an option that is not known here.
    """
    try:
        return addresses.postgres_settings(_said(name))
    except addresses.UnusableAddress as unusable:
        raise RefusedSetting(f"{name} {unusable}") from None


@gathers_refusals(lambda _: f"redis://{NOWHERE}")
def env_redis(name: str) -> str:
    """A redis:// or rediss:// address.

    Raises:
        RefusedSetting: another scheme, no host, or a port that is none.
    """
    try:
        return addresses.redis_address(_said(name))
    except addresses.UnusableAddress as unusable:
        raise RefusedSetting(f"{name} {unusable}") from None


def env_folder(name: str) -> Path:
    """A folder of this machine.

    Raises:
        RefusedSetting: not set; at once, for nothing may be written elsewhere instead.
    """
    return Path(_said(name))


def env_file(name: str) -> Path | None:
    """A file of this machine, which need not be there yet; None where none is set."""
    return Path(value) if (value := _value(name)) else None


def sqlite_settings(path: Path) -> dict[str, Any]:
    """Django's settings for an SQLite file that several threads write: write-ahead log, writers queue up to 10 s."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON",
        },
    }


def secret_from_file(path: Path) -> str:
    """The secret kept in a file that only its owner may read; made at the first start."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def key_from_file(path: Path, size: int) -> bytes | None:
    """Bytes of an exact size kept in a file, or None before it is made.

    Raises:
        RefusedSetting: of another size.
    """
    if not path.exists():
        return None
    raw = path.read_bytes()
    if len(raw) != size:
        raise RefusedSetting(f"{path} must hold {size} bytes, and holds {len(raw)}. Start the demo with --reset.")
    return raw
