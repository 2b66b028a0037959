"""Refuses settings: all of them together, with a sentence for each, and for an operator without a traceback."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps

from django.core.exceptions import ImproperlyConfigured

_gathered: list[str] | None = None
_last: "RefusedSetting | None" = None


class RefusedSetting(ImproperlyConfigured):
    """What the environment says cannot be used; the message is for the people who wrote it, a line for each setting."""


@contextmanager
def gather_refusals() -> Generator[None]:
    """Readers inside go on after a refusal, with a harmless value; at the end one `RefusedSetting` has all their sentences.

    Raises:
        RefusedSetting: a reader inside refused; asked again, the same process says the same.
    """
    global _gathered, _last  # noqa: PLW0603 - settings are read by one thread, at the start
    if _last is not None:
        raise _last
    found: list[str] = []
    _gathered = found
    try:
        yield
    finally:
        _gathered = None
    if found:
        # Django asks for settings that failed once more, and what was imported inside is not read again.
        _last = RefusedSetting("\n".join(dict.fromkeys(found)))
        raise _last


@contextmanager
def end_when_refused() -> Generator[None]:
    """At a program's door: settings that are refused end it with code 1 and their sentences, without a traceback."""
    try:
        yield
    except RefusedSetting as refused:
        sys.exit(f"Not started. In the environment (.env):\n{refused}")


def say_refusal(sentence: str) -> None:
    """Says that settings cannot be used.

    Raises:
        RefusedSetting: at once, or together with the others inside `gather_refusals`.
    """
    if _gathered is None:
        raise RefusedSetting(sentence)
    _gathered.append(sentence)


def gathers_refusals[**P, T](instead: Callable[..., T]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """For a reader: its refusal may wait for the others, and until then stands for what `instead` makes of the same arguments."""

    def decorate(read: Callable[P, T]) -> Callable[P, T]:
        @wraps(read)
        def reads(*arguments: P.args, **options: P.kwargs) -> T:
            try:
                return read(*arguments, **options)
            except RefusedSetting as refused:
                say_refusal(str(refused))
                return instead(*arguments, **options)

        return reads

    return decorate
