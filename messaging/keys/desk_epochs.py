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
from messaging.protocol.wire import Carry, Envelope, Note, Statement
from messaging.protocol.wire import Confirmation as Confirmed


def current_desk_epoch(at: datetime) -> Epoch | None:
    """The epoch with the greatest number among the confirmed ones whose days include that of `at`, §2.6."""
    day = day_of(at)
    return Epoch.confirmed().filter(first_day__lte=day, last_day__gte=day).order_by("-number").first()


def current_epoch_number(at: datetime) -> int:
    """The current epoch's number.

    Raises:
        Problem: closed, when there is none: nobody could read a message.
    """
    day = day_of(at)
    numbers = fast_select(
        Epoch,
        ("number",),
        "first_day <= %s AND last_day >= %s AND number IN (SELECT epoch_id FROM messaging_confirmation) ORDER BY number DESC LIMIT 1",
        day,
        day,
    )
    if not numbers:
        raise no_epoch_problem()
    return int(numbers[0].number)


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
        "last_day >= %s AND number IN (SELECT epoch_id FROM messaging_confirmation) ORDER BY first_day, number",
        day,
    )
    covered = day
    for epoch in epochs:
        if epoch.first_day <= covered:
            covered = max(covered, epoch.last_day + 1)
    if covered > day:
        return MessageIntake(possible=(known or desk_knowledge(at)).could_read, changes_at=first_instant_of_day(covered))
    return MessageIntake(possible=False, changes_at=first_instant_of_day(epochs[0].first_day) if epochs else None)


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
        return max((each.number for each in self.statements if each.number in self.counting and each.includes(day)), default=None)

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


def epoch_statements_between(lowest: int, highest: int, *, at: datetime) -> EpochChain:
    """Without gaps, from a conversation's lowest number to the current epoch, or to its highest when none is current."""
    epochs = list(_told_from(lowest))
    last = max(highest, EpochChain.of(epochs).current(day_of(at)) or 0)
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


def desk_public_keys(*, at: datetime, conversation_limit: int) -> dict[str, Any]:
    """What a person's browser checks before it seals anything to the desk, §7.2.

    Raises:
        Problem: closed.
    """
    epoch = current_desk_epoch(at)
    if epoch is None or not desk_knowledge(at).could_read:
        raise no_epoch_problem()
    chain = EpochChain.of(_told_from(epoch.number).filter(number__lte=epoch.number))
    certificates = [encode(raw) for raw in certificates_for_statements(chain, (), at=at)]
    return {**chain.answer(), "certificates": certificates, "conversation_limit": conversation_limit, "checkpoint": None}


def demand_epoch_number(envelope: Carry | Envelope | Note, epoch: int) -> None:
    """Raises Problem epoch-changed, with the epoch's number, for what is sealed for another."""
    if envelope.epoch != epoch:
        raise Problem("epoch-changed", epoch=epoch)


def demand_epoch(envelope: Carry | Envelope | Note, at: datetime) -> None:
    """Raises Problem closed, or epoch-changed with the current number."""
    demand_epoch_number(envelope, current_epoch_number(at))
