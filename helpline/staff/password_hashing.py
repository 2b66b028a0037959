"""Each process hashes one password at a time, so that many guesses at once take only their share of the processor.

A guess costs about a quarter of a second of it, on purpose (OWASP, "Password Storage"): twenty times a page. A request that finds
the place taken is refused at once, and holds no thread that a colleague's page needs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

AT_ONCE = 1
# A browser that signed in before waits for its turn; a stranger's does not.
PATIENCE = 5.0
_places = BoundedSemaphore(AT_ONCE)


class HashingBusy(Exception):
    """So many passwords are being hashed that this one has to come again."""


@contextmanager
def hashing_place(*, patient: bool) -> Iterator[None]:
    """The place of one who hashes; the patient wait up to five seconds for it.

    Raises:
        HashingBusy: it stayed taken.
    """
    if not _places.acquire(timeout=PATIENCE if patient else 0.05):
        raise HashingBusy
    try:
        yield
    finally:
        _places.release()
