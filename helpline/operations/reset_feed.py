"""Gives a counsellor a new secret address for their calendar, or takes it away."""

import hashlib
import secrets
from datetime import datetime

from helpline.models import Counsellor, RotaFeed


def hash_of(secret: str) -> bytes:
    """What is kept of a secret. It has 256 bits of its own, so its plain hash tells nothing, and is looked up in one step by an index."""
    return hashlib.sha256(secret.encode()).digest()


def reset_feed(counsellor: Counsellor, *, at: datetime) -> str:
    """The new secret, shown now or never again; the old address ends."""
    secret = secrets.token_urlsafe(32)
    RotaFeed.objects.update_or_create(counsellor=counsellor, defaults={"secret_hash": hash_of(secret), "reset_at": at})
    return secret


def end_feed(counsellor: Counsellor) -> bool:
    """Whether there was an address; it answers nobody any more."""
    return bool(RotaFeed.objects.filter(counsellor=counsellor).delete()[0])
