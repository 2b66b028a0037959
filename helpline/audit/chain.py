"""The trail as a chain: each entry has a link whose digest covers it and the digest of the link before.

Someone who changes, takes out or adds an entry, with more power over the database than its triggers stop, has to make every later link
again. The head of the chain goes out each day by email: a chain that was made again does not lead to it.

Links are made within a minute, in the order in which entries are found, so that no change of staff waits for another's.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from helpline.models import AuditEntry, AuditLink

START = "0" * 64
A_TIME = 1_000
# An entry whose transaction took long comes after others with a higher number: so far back they are looked for.
LATE_BY = 5_000
# What has no link after this was not made by the service's own task in time. An act at the desk is noted with its hour alone.
LINKED_WITHIN = timedelta(minutes=70)
# So many of the newest links the status page looks at; the whole chain is `manage.py verify_trail`'s and the day's.
NEWEST = 300


@dataclass(frozen=True)
class ChainReport:
    """What was found: the head, the number of the first link that does not hold, and how many entries should have had a link by now."""

    number: int
    digest: str
    broken_at: int | None
    unlinked: int

    @property
    def holds(self) -> bool:
        return self.broken_at is None and self.unlinked == 0


def link_digest(number: int, before: str, entry: AuditEntry) -> str:
    """The digest of one link, in hexadecimal digits."""
    names = ("account_id", "kind", "action", "what", "row", "about_id", "fields", "before", "after")
    said = [number, before, entry.pk, entry.at.astimezone(UTC).isoformat(), *(getattr(entry, name) for name in names)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def link_entries() -> int:
    """Makes the links that are missing, and says how many. Of two workers at once, one does."""
    try:
        with transaction.atomic():
            head = AuditLink.objects.select_for_update().order_by("-number").first()
            number, digest = (head.number, head.digest) if head else (0, START)
            found = AuditEntry.objects.filter(link=None)
            if head is not None:
                highest = AuditLink.objects.aggregate(highest=Max("entry_id"))["highest"]
                found = found.filter(pk__gt=highest - LATE_BY)
            links = []
            for entry in found.order_by("pk")[:A_TIME]:
                number += 1
                digest = link_digest(number, digest, entry)
                links.append(AuditLink(number=number, entry=entry, digest=digest))
            AuditLink.objects.bulk_create(links)
    except IntegrityError:
        return 0
    return len(links)


def verify_chain(*, at: datetime, newest: int | None = None) -> ChainReport:
    """Works out every link again; or the `newest` so many, from the digest that stands before them."""
    rows = AuditLink.objects.select_related("entry").order_by("number")
    head = AuditLink.objects.order_by("-number").first()
    if head is None:
        return ChainReport(0, START, None, _unlinked(at))
    first = 1 if newest is None else max(1, head.number - newest + 1)
    before = AuditLink.objects.filter(number=first - 1).values_list("digest", flat=True).first() or START
    broken = _first_broken(rows.filter(number__gte=first).iterator(chunk_size=500), first, before, head.number)
    return ChainReport(head.number, head.digest, broken, _unlinked(at))


def _first_broken(links: Iterable[AuditLink], first: int, before: str, last: int) -> int | None:
    expected = first
    for link in links:
        if link.number != expected or link.digest != link_digest(link.number, before, link.entry):
            return expected
        before, expected = link.digest, expected + 1
    return None if expected == last + 1 else expected


def _unlinked(at: datetime) -> int:
    """Entries that should have one, as far back as they are looked for."""
    highest = AuditEntry.objects.aggregate(highest=Max("pk"))["highest"] or 0
    return AuditEntry.objects.filter(link=None, pk__gt=highest - LATE_BY, at__lte=at - LINKED_WITHIN).count()


def head_matches(number: int, digest: str) -> bool:
    """Whether the chain has this link: the head that an email of some day named."""
    return AuditLink.objects.filter(number=number, digest=digest).exists()


def chain_words(report: ChainReport) -> Iterator[str]:
    """What was found, in sentences for people."""
    yield f"The trail has {report.number} links. Its head is {report.number}:{report.digest}"
    if report.broken_at is not None:
        yield f"Link {report.broken_at} does not hold: an entry was changed, taken out or added there."
    if report.unlinked:
        yield f"Entries without a link: {report.unlinked}. The task that makes links does not run, or someone added them."
