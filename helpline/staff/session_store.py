"""Staff sessions as Django keeps them, but for the key: the database has only its hash, so a thief of it takes over nobody's session.

The browser's cookie holds the key itself. Django has these methods twice, and so they are here: none may reach the table with the key.
"""

import hashlib
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

UNFINISHED = timedelta(minutes=15)


def session_key_hash(key: str) -> str:
    """What stands in the row: the first 160 bits of SHA-256, which is what Django's column has room for; the key is as long."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """SESSION_ENGINE's one name. What was stored before under a plain key is not found any more: everyone signs in again."""

    def get_session_cookie_age(self) -> int:
        """In which nobody is signed in (a passkey is being asked for, or a code) is over in minutes; a signed-in one lasts for the day."""
        return super().get_session_cookie_age() if SESSION_KEY in self else int(UNFINISHED.total_seconds())

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row: AbstractBaseSession | None = None
        if self.session_key is not None:
            alive = self.model.objects.filter(expire_date__gt=timezone.now())
            row = alive.filter(session_key=session_key_hash(self.session_key)).first()
        if row is None:
            self._session_key = None
        return row

    async def _aget_session_from_db(self) -> AbstractBaseSession | None:
        row: AbstractBaseSession | None = None
        if self.session_key is not None:
            alive = self.model.objects.filter(expire_date__gt=timezone.now())
            row = await alive.filter(session_key=session_key_hash(self.session_key)).afirst()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return super().exists(session_key_hash(session_key))

    async def aexists(self, session_key: str) -> bool:
        return await super().aexists(session_key_hash(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        return _closed(super().create_model_instance(data))

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        return _closed(await super().acreate_model_instance(data))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(session_key_hash(key))

    async def adelete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            await super().adelete(session_key_hash(key))


def _closed(row: AbstractBaseSession) -> AbstractBaseSession:
    row.session_key = session_key_hash(row.session_key)
    return row
