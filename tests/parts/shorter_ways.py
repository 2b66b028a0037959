"""What is slow in this process and shows nothing by it. Whatever it starts takes the whole way."""

from functools import lru_cache

from django.contrib.auth.hashers import ScryptPasswordHasher


def hash_passwords_quickly() -> None:
    """A quarter of a second for each who signs in shows nothing."""
    ScryptPasswordHasher.work_factor = 2**4
    # Nor is one of the real cost hashed anew, which would end whatever session stands.
    ScryptPasswordHasher.must_update = lambda self, encoded: False  # type: ignore[method-assign]


def wrap_once() -> None:
    """Wrapping has no chance in it, and a reader wraps again to compare: here the same is made once.

    ML-KEM in Python was a sixth of the computing of the tests that write messages.
    """
    from messaging.protocol.peer import hpke

    hpke.encapsulate = lru_cache(512)(hpke.encapsulate)


def derive_once() -> None:
    """The slow key of the same words and salt is the same: here it is made once."""
    from messaging.protocol.peer import keys, primitives, root_key, vault

    once = lru_cache(512)(primitives.slow)
    for room in (primitives, keys, root_key, vault):
        vars(room)["slow"] = once
