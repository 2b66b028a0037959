"""Keeps a person's unfinished message, sealed to them alone, for some days (PROTOCOL §7.12)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from messaging.http.challenges import fresh_challenge
from messaging.http.problems import Problem
from messaging.models import Conversation, Draft, Inbox
from messaging.models.insert import insert
from messaging.protocol import wire
from messaging.protocol.days import day_on
from messaging.protocol.encoding import encode

DAYS_KEPT = 7
# One run is bounded; the next one, minutes later, goes on.
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class FirstDraft:
    """The decoded body of `POST drafts`, §7.12."""

    kem_public: bytes
    sign_public: bytes
    tag_public: bytes
    draft: wire.Draft
    challenge: bytes
    proof: bytes


def keep_first_draft(kept: FirstDraft, *, site: bytes, origin: str, secret: bytes, at: datetime) -> dict[str, Any]:
    """Keeps it for an inbox that may have no conversation yet, in the place of the one before. What is refused spends no challenge.

    Raises:
        Problem: not-sealed, bad-proof.
    """
    _demand_sealed(kept.draft)
    inbox_id = wire.inbox_id_of(kept.kem_public, kept.sign_public, kept.tag_public)
    spend = fresh_challenge(secret, kept.challenge, at)
    if not wire.draft_proof_holds(site, origin, kept.challenge, inbox_id, kept.sign_public, kept.proof):
        raise Problem("bad-proof")
    with transaction.atomic():
        spend()
        keys = {"kem_public": kept.kem_public, "sign_public": kept.sign_public, "tag_public": kept.tag_public}
        return _keep(locked_inbox(inbox_id, keys, at=at)[0], kept.draft, at=at)


def keep_draft(inbox_pk: int, draft: wire.Draft, *, at: datetime) -> dict[str, Any]:
    """Keeps it in the place of the one before.

    Raises:
        Problem: not-sealed; not-found, for an inbox that is deleted in the meantime.
    """
    _demand_sealed(draft)
    with transaction.atomic():
        inbox = Inbox.objects.select_for_update(no_key=True).filter(pk=inbox_pk).first()
        if inbox is None:
            raise Problem("not-found", "There is no such inbox. It may have been deleted.")
        return _keep(inbox, draft, at=at)


def draft_answer(inbox_pk: int) -> dict[str, Any]:
    """The answer of `GET inbox/draft`, §7.12: nulls where nothing is kept."""
    kept = Draft.objects.filter(inbox=inbox_pk).values_list("draft", "deleted_on").first()
    return {"draft": None, "deleted_on": None} if kept is None else {"draft": encode(kept[0]), "deleted_on": kept[1].isoformat()}


def delete_draft(inbox_pk: int) -> None:
    """Deletes it, and an inbox that has nothing else. Deleting what does not exist is no error."""
    with transaction.atomic():
        Inbox.objects.select_for_update(no_key=True).filter(pk=inbox_pk).first()
        Draft.objects.filter(inbox=inbox_pk).delete()
        _without_conversation().filter(pk=inbox_pk).delete()


def expire_drafts(*, at: datetime) -> int:
    """How many had their time and were deleted. Each in a transaction of its own: doing it again changes nothing."""
    today = day_on(at)
    found = list(Draft.objects.filter(deleted_on__lte=today).order_by("pk").values_list("inbox_id", flat=True)[:MOST_AT_ONCE])
    return sum(_expire(inbox_pk, at=at) for inbox_pk in found)


def forget_draft(inbox_pk: int) -> None:
    """What was kept to finish later is sent by now."""
    Draft.objects.filter(inbox=inbox_pk).delete()


def locked_inbox(inbox_id: bytes, keys: dict[str, bytes], *, at: datetime) -> tuple[Inbox, bool]:
    """The inbox of these keys, locked until the transaction ends, and whether it was made now.

    Raises:
        Problem: unavailable, for an inbox that is deleted at this very moment.
    """
    inbox = Inbox(inbox_id=inbox_id, **keys, made_on=day_on(at))
    # Of two at once, the second waits here for the first, and then finds its row.
    if insert(inbox, new_only=True):
        return inbox, True
    stands = Inbox.objects.select_for_update(no_key=True).filter(inbox_id=inbox_id).first()
    if stands is None:
        raise Problem("unavailable", "The inbox changed at that moment. Try again.")
    return stands, False


def _demand_sealed(draft: wire.Draft) -> None:
    if not draft.looks_sealed:
        raise Problem("not-sealed", "What arrived is not encrypted. It was not stored.")


def _keep(inbox: Inbox, draft: wire.Draft, *, at: datetime) -> dict[str, Any]:
    deleted_on = day_on(at) + timedelta(days=DAYS_KEPT)
    Draft.objects.update_or_create(inbox=inbox, defaults={"draft": draft.raw, "deleted_on": deleted_on})
    return {"deleted_on": deleted_on.isoformat()}


def _without_conversation() -> Any:
    return Inbox.objects.filter(~Exists(Conversation.objects.filter(inbox=OuterRef("pk"))))


def _expire(inbox_pk: int, *, at: datetime) -> bool:
    """False when it was kept again, sent or deleted since it was found."""
    with transaction.atomic():
        Inbox.objects.select_for_update(no_key=True).filter(pk=inbox_pk).first()
        gone, _ = Draft.objects.filter(inbox=inbox_pk, deleted_on__lte=day_on(at)).delete()
        if gone:
            _without_conversation().filter(pk=inbox_pk).delete()
    return bool(gone)
