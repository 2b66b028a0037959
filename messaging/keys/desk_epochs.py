"""The desk's epochs, and the certificates that a reader of them needs (PROTOCOL §2.5, §2.6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from helpline.hours.desk_registry import DeskKnowledge
from helpline.hours.message_intake import MessageIntake
from helpline.models.fast_select import fast_select
from messaging.http.problems import Problem
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.models import Certificate, Epoch
from messaging.protocol.days import day_of, first_instant_of_day
from messaging.protocol.encoding import encode
from messaging.protocol.wire import Carry, Envelope, Note, Statement


def current_desk_epoch(at: datetime) -> Epoch | None:
    """The epoch with the greatest number among those whose days include that of `at`, §2.6."""
    day = day_of(at)
    return Epoch.objects.filter(first_day__lte=day, last_day__gte=day).order_by("-number").first()


def current_epoch_number(at: datetime) -> int:
    """The current epoch's number.

    Raises:
        Problem: closed, when there is none: nobody could read a message.
    """
    day = day_of(at)
    numbers = fast_select(Epoch, ("number",), "first_day <= %s AND last_day >= %s ORDER BY number DESC LIMIT 1", day, day)
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
    epochs = fast_select(Epoch, ("first_day", "last_day"), "last_day >= %s ORDER BY first_day, number", day)
    covered = day
    for epoch in epochs:
        if epoch.first_day <= covered:
            covered = max(covered, epoch.last_day + 1)
    if covered > day:
        return MessageIntake(possible=(known or desk_knowledge(at)).could_read, changes_at=first_instant_of_day(covered))
    return MessageIntake(possible=False, changes_at=first_instant_of_day(epochs[0].first_day) if epochs else None)


def no_epoch_problem() -> Problem:
    return Problem("closed", "Nobody could read a message today. Use the phone.")


def epoch_statements_between(lowest: int, highest: int, *, at: datetime) -> list[Statement]:
    """Statements without gaps, from a conversation's lowest number to the current epoch, or to its highest when none is current."""
    day = day_of(at)
    epochs = list(Epoch.objects.filter(number__gte=lowest).order_by("number"))
    last = max([highest, *(epoch.number for epoch in epochs if epoch.first_day <= day <= epoch.last_day)])
    return [Statement.parse(epoch.statement) for epoch in epochs if epoch.number <= last]


def certificates_for_statements(statements: Iterable[Statement], others: Iterable[bytes], *, at: datetime) -> list[bytes]:
    """Each certificate once: the statements' signers, those on the roster of today's and of the newest statement, and others by id."""
    chain, day = list(statements), day_of(at)
    ids = {statement.signer for statement in chain}.union(others)
    for statement in [*[one for one in chain if one.includes(day)][-1:], *chain[-1:]]:
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
    statement = Statement.parse(epoch.statement)
    certificates = [encode(raw) for raw in certificates_for_statements([statement], (), at=at)]
    return {"statement": encode(statement.raw), "certificates": certificates, "conversation_limit": conversation_limit}


def demand_epoch_number(envelope: Carry | Envelope | Note, epoch: int) -> None:
    """Raises Problem epoch-changed, with the epoch's number, for what is sealed for another."""
    if envelope.epoch != epoch:
        raise Problem("epoch-changed", epoch=epoch)


def demand_epoch(envelope: Carry | Envelope | Note, at: datetime) -> None:
    """Raises Problem closed, or epoch-changed with the current number."""
    demand_epoch_number(envelope, current_epoch_number(at))
