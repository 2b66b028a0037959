"""What an address of the database or of the queue says, and what of it nobody here understands."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

# Of what libpq understands, these: each value of the first and the last is one of a few.
OPTIONS: dict[str, tuple[str, ...]] = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "sslrootcert": (),
    "target_session_attrs": ("any", "read-write", "primary"),
}


class UnusableAddress(Exception):
    """The address cannot be used; the words follow the setting's name, and hold nothing of its password."""


def postgres_settings(address: str) -> dict[str, Any]:
    """Django's settings for it.

    Raises:
        UnusableAddress
    """
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        raise UnusableAddress("must look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(_port(parts) or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **_options(parts.query)},
    }


def redis_address(address: str) -> str:
    """The same address, when it is one.

    Raises:
        UnusableAddress
    """
    parts = urlsplit(address)
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        raise UnusableAddress("must look like redis://:password@host:6379/0.")
    _port(parts)
    return address


def stays_on_this_machine(host: str) -> bool:
    """Whether the way to it is this machine's own: a socket, the loopback, or a container beside this one (a name without a dot)."""
    return not host or host.startswith(("/", "127.")) or host == "::1" or not set(host) & set(".:")


def _port(parts: SplitResult) -> int | None:
    if "," in parts.netloc.rpartition("@")[2]:
        raise UnusableAddress("names several hosts, but only one can be used. Name one host, or an address that always leads to it.")
    try:
        return parts.port
    except ValueError:
        raise UnusableAddress("has a port that is not a number up to 65535.") from None


def _options(query: str) -> dict[str, str]:
    found = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in OPTIONS:
            raise UnusableAddress(f"asks for {name!r}, which is not known here. Known are {', '.join(OPTIONS)}.")
        if not value or (OPTIONS[name] and value not in OPTIONS[name]):
            raise UnusableAddress(
                f"has {value!r} for {name}. It must be {'one of ' + ', '.join(OPTIONS[name]) if OPTIONS[name] else 'a file'}."
            )
        found[name] = value
    return found
