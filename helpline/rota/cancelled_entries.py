"""Calendar addresses follow a change of the rota: what they no longer show is kept as cancelled for a while."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import datetime

from django.db.models import F

from helpline.calendar import Interval
from helpline.models import CancelledEntry, RotaFeed, Shift
from helpline.rota.calendar_feed import CANCELLED_FOR, feed_entries


@contextmanager
def note_cancelled_entries(people: Iterable[int], *, at: datetime) -> Generator[None]:
    """Around a change of these counsellors' shifts or absences, in its transaction.

    What a calendar of theirs showed before and does not show after is kept as cancelled, under a higher number; what it shows again is
    no longer cancelled. Nothing is kept for a counsellor who has no calendar address.
    """
    feeds = list(RotaFeed.objects.filter(counsellor__in=set(people)))
    before = {feed.pk: {entry.uid: entry for entry in feed_entries(feed.counsellor_id, at=at)} for feed in feeds}
    yield
    for feed in feeds:
        after = {entry.uid for entry in feed_entries(feed.counsellor_id, at=at)}
        CancelledEntry.objects.filter(feed=feed, uid__in=after).delete()
        gone = [
            CancelledEntry(feed=feed, uid=uid, starts_at=was.span.start, ends_at=was.span.end, sequence=was.sequence + 1, cancelled_at=at)
            for uid, was in before[feed.pk].items()
            if uid not in after
        ]
        fields = ["starts_at", "ends_at", "sequence", "cancelled_at"]
        CancelledEntry.objects.bulk_create(gone, update_conflicts=True, unique_fields=["feed", "uid"], update_fields=fields)


def count_entry_change(counsellor: int, interval: Interval, *, at: datetime) -> None:
    """An absence begins or ends to lie there: the shifts in it have changed again for the reader."""
    inside = Shift.objects.filter(counsellor=counsellor, starts_at__lt=interval.end, ends_at__gt=interval.start)
    inside.update(sequence=F("sequence") + 1, changed_at=at)


def forget_cancelled_entries(*, at: datetime) -> int:
    """How many cancelled entries had had their time."""
    return CancelledEntry.objects.filter(ends_at__lte=at - CANCELLED_FOR).delete()[0]
