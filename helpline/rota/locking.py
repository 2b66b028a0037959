"""Locks counsellors' rows, so that two changes of the same counsellor's time happen one after the other."""

from collections.abc import Iterable

from helpline.models import Counsellor


def lock_counsellors(people: Iterable[int]) -> None:
    """Holds these counsellors until the transaction ends: a shift given to someone and an absence of theirs cannot miss each other.

    Always in the order of their keys, so that no two transactions wait for each other; foreign keys to them can be checked in the meantime.
    """
    held = Counsellor.objects.select_for_update(no_key=True).filter(pk__in=set(people)).order_by("pk")
    list(held.values_list("pk", flat=True))


def lock_everybody() -> None:
    """The same for a change of a whole week."""
    list(Counsellor.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
