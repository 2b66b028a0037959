"""Settings that are good, and what is said of those that are not."""

import base64
import re

from tests.parts.environment import REPOSITORY

GOOD = {
    "HELPLINE_DATABASE_URL": "postgresql://helpline:secret@127.0.0.1:5432/helpline",
    "HELPLINE_REDIS_URL": "redis://:secret@127.0.0.1:6379/0",
    "HELPLINE_SECRET_KEY": "x" * 50,
    "HELPLINE_ORIGIN": "https://helpline.example",
    "HELPLINE_ROOT_KEY": base64.urlsafe_b64encode(bytes(32)).rstrip(b"=").decode(),
}


def explained() -> set[str]:
    """What .env.example says something about."""
    return set(re.findall(r"^(?:# )?(HELPLINE_[A-Z_]+)=", (REPOSITORY / ".env.example").read_text(), re.MULTILINE))
