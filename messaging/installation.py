"""Which installation this is, to the protocol: the root's public key, `site` (PROTOCOL §2.1), the origin."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from messaging.protocol.encoding import site_of


def installation_root_key() -> bytes:
    """Raises ImproperlyConfigured: no root key was made for this installation yet."""
    if not settings.ROOT_KEY:
        raise ImproperlyConfigured("Set HELPLINE_ROOT_KEY to the public half of the root key (`manage.py keys root`).")
    return bytes(settings.ROOT_KEY)


def installation_site() -> bytes:
    """Raises ImproperlyConfigured: no root key was made for this installation yet."""
    return site_of(installation_root_key())


def installation_origin() -> str:
    return str(settings.ORIGIN)


def challenge_secret() -> bytes:
    """What challenges are made and known again with (PROTOCOL §7.3); `messaging.protocol.challenges` derives a key of its own from it."""
    return str(settings.SECRET_KEY).encode()
