"""The desk's epochs, and the certificates that a reader of them needs (PROTOCOL §2.5, §2.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce

from helpline.hours.desk_registry import DeskKnowledge
from helpline.hours.message_intake import MessageIntake
from helpline.models.fast_select import fast_select
from messaging.http.problems import Problem
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.models import Certificate, Confirmation, Epoch
from messaging.protocol.days import day_of, first_instant_of_day
from messaging.protocol.encoding import encode
from messaging.protocol.wire import Carry, Envelope, Note, Statement, current_epoch
from messaging.protocol.wire import Confirmation as Confirmed


def current_desk_epoch(at: datetime) -> Epoch | None:
    """The newest of the confirmed epochs that have begun, where the day of `at` is one of its days, §2.6."""
    day = day_of(at)
    newest = Epoch.confirmed().filter(first_day__lte=day).order_by("-number").first()
    return newest if newest is not None and newest.last_day >= day else None


def current_epoch_number(at: datetime) -> int:
    """The current epoch's number.

    Raises:
        Problem: closed, when there is none: nobody could read a message.
    """
    day = day_of(at)
    newest = fast_select(
        Epoch,
        ("number", "last_day"),
        "first_day <= %s AND number IN (SELECT epoch_id FROM messaging_confirmation) ORDER BY number DESC LIMIT 1",
        day,
    )
    if not newest or newest[0].last_day < day:
        raise no_epoch_problem()
    return int(newest[0].number)


def readable_epoch_number(known: DeskKnowledge) -> int:
    """The number of the current epoch, for which people's messages are sealed.

    Raises:
        Problem: closed, when there is none, or when nobody is left who could read what is sealed for it.
    """
    if known.key is None or not known.could_read:
        raise no_epoch_problem()
    return known.key


def epoch_intake(at: datetime, known: DeskKnowledge | None = None) -> MessageIntake:
    """Whether the desk has a key for the day of `at` and someone who can use it, and when that changes on its own.

    It changes as the epochs that follow one another end, or as the next begins. Without key or reader `POST messages` is `closed`.
    """
    day = day_of(at)
    epochs = fast_select(
        Epoch,
        ("first_day", "last_day"),
        "number >= COALESCE((SELECT MAX(number) FROM messaging_epoch WHERE first_day <= %s AND number IN"
        " (SELECT epoch_id FROM messaging_confirmation)), 0) AND number IN (SELECT epoch_id FROM messaging_confirmation) ORDER BY number",
        day,
    )
    # Each takes the place of the one before on its first day, however long that one would have lasted.
    ends = epochs[0].last_day + 1 if epochs and epochs[0].first_day <= day else day
    for epoch in epochs[1:]:
        if epoch.first_day <= ends:
            ends = epoch.last_day + 1
    if ends > day:
        return MessageIntake(possible=(known or desk_knowledge(at)).could_read, changes_at=first_instant_of_day(ends))
    next_day = min((epoch.first_day for epoch in epochs if epoch.first_day > day), default=None)
    return MessageIntake(possible=False, changes_at=None if next_day is None else first_instant_of_day(next_day))


def no_epoch_problem() -> Problem:
    return Problem("closed", "Nobody could read a message today. Use the phone.")


@dataclass(frozen=True)
class EpochChain:
    """Statements without gaps, the numbers of those that count, and the confirmations that were signed of them."""

    statements: list[Statement]
    counting: frozenset[int]
    confirmations: list[bytes]

    @classmethod
    def of(cls, epochs: Iterable[Epoch]) -> "EpochChain":
        """Of rows that come with their confirmations."""
        rows = list(epochs)
        found = {row.number: row.confirmation.confirmation for row in rows if hasattr(row, "confirmation")}
        signed = [raw for raw in found.values() if raw is not None]
        return cls([Statement.parse(row.statement) for row in rows], frozenset(found), signed)

    def current(self, day: int) -> int | None:
        """The number of the current epoch, §2.6."""
        found = current_epoch((each for each in self.statements if each.number in self.counting), day)
        return found.number if found is not None else None

    def answer(self) -> dict[str, list[str]]:
        """As §7.2, §7.6 and §8.1 have it."""
        return {
            "statements": [encode(statement.raw) for statement in self.statements],
            "confirmations": [encode(raw) for raw in self.confirmations],
        }


def _told_from(lowest: int) -> QuerySet[Epoch]:
    """Epochs from the lowest on; from an earlier one where that is confirmed by nobody's word but follows from those before it (§2.15)."""
    signed = Confirmation.objects.filter(epoch_id__lte=lowest, confirmation__isnull=False).order_by("-epoch_id")
    first = Coalesce(Subquery(signed.values("epoch_id")[:1]), 1)
    return Epoch.objects.filter(number__gte=first).select_related("confirmation").order_by("number")


def epoch_statements_between(lowest: int, highest: int, *, at: datetime, since: int | None = None) -> EpochChain:
    """Without gaps, from a conversation's lowest number to the current epoch, or to its highest when none is current.

    With that of `since` too: the one that a page's release names, be it before or after them (§11.2).
    """
    epochs = list(_told_from(lowest if since is None else min(lowest, since)))
    last = max(highest, since or 0, EpochChain.of(epochs).current(day_of(at)) or 0)
    return EpochChain.of(epoch for epoch in epochs if epoch.number <= last)


def certificates_for_statements(chain: EpochChain, writers: Iterable[bytes], *, at: datetime) -> list[bytes]:
    """Each certificate once: the statements' signers and confirmers, the writers', and whose roster is the current one, the newest that
    counts, or one that waits after it."""
    newest = max(chain.counting, default=0)
    ids = {statement.signer for statement in chain.statements}.union(writers)
    ids.update(Confirmed.parse(raw).certificate_id for raw in chain.confirmations)
    for statement in chain.statements:
        if statement.number in (chain.current(day_of(at)), newest) or statement.number > newest:
            ids.update(statement.roster)
    return list(Certificate.objects.filter(certificate_id__in=ids).values_list("certificate", flat=True))


def desk_public_keys(*, at: datetime, conversation_limit: int, since: int | None = None) -> dict[str, Any]:
    """What a person's browser checks before it seals anything to the desk, §7.2; from the epoch `since`, where it asks for that.

    Raises:
        Problem: closed.
    """
    epoch = current_desk_epoch(at)
    if epoch is None or not desk_knowledge(at).could_read:
        raise no_epoch_problem()
    first = epoch.number if since is None else min(since, epoch.number)
    chain = EpochChain.of(_told_from(first).filter(number__lte=epoch.number))
    certificates = [encode(raw) for raw in certificates_for_statements(chain, (), at=at)]
    return {**chain.answer(), "certificates": certificates, "conversation_limit": conversation_limit, "checkpoint": None}


def demand_epoch_number(envelope: Carry | Envelope | Note, epoch: int) -> None:
    """Raises Problem epoch-changed, with the epoch's number, for what is sealed for another."""
    if envelope.epoch != epoch:
        raise Problem("epoch-changed", epoch=epoch)


def demand_epoch(envelope: Carry | Envelope | Note, at: datetime) -> None:
    """Raises Problem closed, or epoch-changed with the current number."""
    demand_epoch_number(envelope, current_epoch_number(at))
