"""How each kind of change is done. Rooms that own what is changed register it here."""

from collections.abc import Callable
from datetime import datetime

from helpline.models import ProposedChange

Deed = Callable[[ProposedChange, datetime], None]
_deeds: dict[str, Deed] = {}


class CannotBeDone(Exception):
    """What it was to change is no longer as it was; the sentence says what."""


def register_deed(kind: ProposedChange.Kind, deed: Deed) -> None:
    """From now on a change of this kind is done so, in a transaction; a second deed takes the first one's place.

    `deed` raises CannotBeDone, and has then changed nothing.
    """
    _deeds[kind] = deed


def deed_of(kind: str) -> Deed:
    """Raises KeyError for a kind that nobody has registered."""
    return _deeds[kind]
