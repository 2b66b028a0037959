"""A column of bytes that reads as bytes on every database, and whose size the database itself keeps to."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class BytesField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes; with `size`, exactly so many: a text cannot stand where a sealed envelope should, whatever the code above lets through."""

    if TYPE_CHECKING:
        _pyi_private_get_type: bytes

    def __init__(self, *args: Any, size: int | None = None, **kwargs: Any) -> None:
        self.size = size
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.size is not None:
            kwargs["size"] = self.size
        return name, path, args, kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        """The column's own check, in the words that Postgres and SQLite share."""
        if self.size is None:
            return None
        return f"length({connection.ops.quote_name(str(self.column))}) = {self.size}"

    def from_db_value(self, value: Any, *_: object) -> bytes | None:
        # psycopg2 gives a memoryview, which neither equals bytes when hashed nor goes into JSON.
        return None if value is None else bytes(value)
