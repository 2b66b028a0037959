"""A column of bytes that reads as bytes on every database, and whose size the database itself keeps to."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class BytesField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes; with `size`, exactly so many: a text cannot stand where a sealed envelope should, whatever the code above lets through.

    With `or_size` too, exactly so many or so many.
    """

    if TYPE_CHECKING:
        _pyi_private_get_type: bytes

    def __init__(self, *args: Any, size: int | None = None, or_size: int | None = None, **kwargs: Any) -> None:
        self.size, self.or_size = size, or_size
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.size is not None:
            kwargs["size"] = self.size
        if self.or_size is not None:
            kwargs["or_size"] = self.or_size
        return name, path, args, kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        """The column's own check, in the words that Postgres and SQLite share."""
        if self.size is None:
            return None
        length = f"length({connection.ops.quote_name(str(self.column))})"
        return f"{length} = {self.size}" if self.or_size is None else f"{length} IN ({self.size}, {self.or_size})"

    def from_db_value(self, value: Any, *_: object) -> bytes | None:
        # psycopg2 gives a memoryview, which neither equals bytes when hashed nor goes into JSON.
        return None if value is None else bytes(value)
