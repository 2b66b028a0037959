"""The instant at which pages are asked for, and the type of who asks."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

Get = Callable[..., Any]  # The test client's answers, which the types of Django keep to themselves.

# A Wednesday in winter, when London keeps UTC.
WEDNESDAY = datetime(2026, 11, 25, 11, tzinfo=UTC)
PAGES = ("/", "/write", "/inbox", "/kept", "/confidential", "/leaving")
