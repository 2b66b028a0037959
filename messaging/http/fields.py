"""How each value of a body is read; one that is not as it should be is refused at its own place (PROTOCOL §7.1).

A reader makes something of a value of JSON, or raises Malformed. `exactly` and `each` say where in the body it happened.
"""

from collections.abc import Callable, Collection
from typing import Any, Protocol

from messaging.protocol.encoding import decode, demand, within

type Read[T] = Callable[[Any], T]


class Wire[T](Protocol):
    """Something of `messaging.protocol.wire` that has one size."""

    @property
    def SIZE(self) -> int: ...  # noqa: N802 - as it is called there

    def parse(self, raw: bytes) -> T: ...


def encoded(size: int | None = None) -> Read[bytes]:
    """The bytes of base64url, of exactly so many where it is said."""
    return lambda value: decode(value, size)


def wire[T](kind: Wire[T]) -> Read[T]:
    """What these bytes are, as `messaging.protocol.wire` has it."""
    return lambda value: kind.parse(decode(value, kind.SIZE))


def or_null[T](read: Read[T]) -> Read[T | None]:
    return lambda value: None if value is None else read(value)


def whole_number(least: int, most: int) -> Read[int]:
    """From `least` to `most`, both included; true and false are no numbers."""

    def read(value: Any) -> int:
        demand(type(value) is int and least <= value <= most, f"this must be a whole number from {least} to {most}")
        return int(value)

    return read


def one_of[T: (str, int)](*known: T) -> Read[T]:
    """One of these values."""

    def read(value: Any) -> T:
        demand(any(type(value) is type(each) and value == each for each in known), "this is none of the values there are")
        return next(each for each in known if each == value)

    return read


def text(value: Any) -> str:
    demand(isinstance(value, str), "this must be text")
    return str(value)


def true_or_false(value: Any) -> bool:
    demand(isinstance(value, bool), "this must be true or false")
    return bool(value)


def each[T](read: Read[T]) -> Read[list[T]]:
    """A list, of which each one is read."""

    def read_all(value: Any) -> list[T]:
        demand(isinstance(value, list), "this must be a list")
        found = []
        for place, one in enumerate(value):
            with within(place):
                found.append(read(one))
        return found

    return read_all


def codes(*known: str) -> Read[tuple[str, ...]]:
    """A list of some of these, none twice."""
    read = each(one_of(*known))

    def read_codes(value: Any) -> tuple[str, ...]:
        found = read(value)
        demand(len(set(found)) == len(found), "this has a code twice")
        return tuple(found)

    return read_codes


def pair[T](first: Read[T], second: Read[T]) -> Read[tuple[T, T]]:
    """A list of two."""

    def read(value: Any) -> tuple[T, T]:
        demand(isinstance(value, list) and len(value) == 2, "this must be a list of two")
        with within(0):
            one = first(value[0])
        with within(1):
            return one, second(value[1])

    return read


def exactly(**fields: Read[Any]) -> Read[dict[str, Any]]:
    """An object with exactly these keys, each read, in this order. Of a key that is not known nothing is said: it could be anything."""

    def read_object(value: Any) -> dict[str, Any]:
        demand(isinstance(value, dict), "this must be an object")
        wanted = f"the object must have exactly these keys: {', '.join(fields)}" if fields else "the object must be empty"
        _demand_keys(value, fields, wanted)
        found = {}
        for name, read in fields.items():
            with within(name):
                found[name] = read(value[name])
        return found

    return read_object


def _demand_keys(value: dict[str, Any], fields: Collection[str], wanted: str) -> None:
    for name in fields:
        with within(name):
            demand(name in value, wanted)
    demand(len(value) == len(fields), wanted)
