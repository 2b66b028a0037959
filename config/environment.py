"""Strict readers for the environment: what is missing or malformed stops the start, with a sentence that says what to set."""

import base64
import binascii
import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable's value; without a default it must be set.

    Raises:
        ImproperlyConfigured: unset or empty, and no default.
    """
    value = os.environ.get(name, "") or default
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment. .env.example says what it means.")
    return value


def optional(name: str) -> str:
    """The variable's value; empty where it is not set."""
    return os.environ.get(name, "")


def plain(name: str) -> str:
    """The variable's value, which a protocol carries as ASCII; empty where it is not set.

    Raises:
        ImproperlyConfigured: with any other character in it.
    """
    value = optional(name)
    if not value.isascii():
        raise ImproperlyConfigured(f"{name} must be of letters, digits and signs of ASCII alone, or not set.")
    return value


def whole(name: str, default: int, least: int, most: int) -> int:
    """A whole number in [least, most].

    Raises:
        ImproperlyConfigured: not a whole number, or out of range.
    """
    value = text(name, str(default))
    if not re.fullmatch(r"-?\d{1,12}", value) or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
    return int(value)


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """One of the allowed words.

    Raises:
        ImproperlyConfigured: any other word.
    """
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def origin(name: str, default: str | None = None) -> str:
    """The site's exact origin, such as https://helpline.example (RFC 6454), without path or trailing slash.

    Raises:
        ImproperlyConfigured: not an origin; or plain http anywhere but on this machine or an onion service.
    """
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or value != f"{parts.scheme}://{parts.netloc}".lower():
        raise ImproperlyConfigured(f"{name} must be an origin such as https://helpline.example, not {value!r}.")
    local = parts.hostname in {"localhost", "127.0.0.1"} or parts.hostname.endswith(".onion")
    if parts.scheme == "http" and not local:
        raise ImproperlyConfigured(f"{name} must begin with https:// (only localhost and onion services may be http).")
    return value


def key(name: str, size: int) -> bytes:
    """Bytes of an exact size, written as unpadded base64url.

    Raises:
        ImproperlyConfigured: missing, not base64url, or of another size.
    """
    value = text(name)
    try:
        raw = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != size:
        raise ImproperlyConfigured(f"{name} must be {size} bytes as unpadded base64url.")
    return raw


def bearer(name: str) -> str:
    """A token of 32 or more letters, digits, dashes and low lines; empty where none is set.

    Raises:
        ImproperlyConfigured: shorter, or with anything else in it.
    """
    value = optional(name)
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{32,200}", value):
        raise ImproperlyConfigured(f"{name} must be at least 32 letters, digits, dashes and low lines, or not set.")
    return value


def link(name: str) -> str:
    """An https:// address for a link on the pages; empty where none is set.

    Raises:
        ImproperlyConfigured: anything else.
    """
    value = optional(name)
    parts = urlsplit(value)
    if value and (parts.scheme != "https" or not parts.hostname):
        raise ImproperlyConfigured(f"{name} must be an address that begins with https://, or not set.")
    return value


def database(name: str) -> dict[str, Any]:
    """Django's settings for a postgresql:// address.

    Raises:
        ImproperlyConfigured: another scheme, or no database name.
    """
    parts = urlsplit(text(name))
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        raise ImproperlyConfigured(f"{name} must look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }


def redis(name: str) -> str:
    """A redis:// or rediss:// address.

    Raises:
        ImproperlyConfigured: another scheme, or no host.
    """
    value = text(name)
    parts = urlsplit(value)
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must look like redis://:password@host:6379/0.")
    return value


def sqlite(path: Path) -> dict[str, Any]:
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


def file_secret(path: Path) -> str:
    """The secret kept in a file that only its owner may read; made at the first start."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def file_key(path: Path, size: int) -> bytes | None:
    """Bytes of an exact size kept in a file, or None before it is made.

    Raises:
        ImproperlyConfigured: of another size.
    """
    if not path.exists():
        return None
    raw = path.read_bytes()
    if len(raw) != size:
        raise ImproperlyConfigured(f"{path} must hold {size} bytes, and holds {len(raw)}. Start the demo with --reset.")
    return raw
