"""Epochs that nobody has confirmed: who opened them, and who may (PROTOCOL §2.15). What is shown here is the server's word."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from helpline.models import Account, Counsellor
from messaging.models import Certificate, Confirmation, Epoch, Grant
from messaging.protocol.days import day_of
from messaging.protocol.wire import Statement

NEWEST_CONFIRMED = Coalesce(Subquery(Confirmation.objects.order_by("-epoch_id").values("epoch_id")[:1]), 0)


@dataclass(frozen=True)
class WaitingEpoch:
    """One that stands in the chain and opens nothing yet; `may` are the accounts of those who could confirm it, by name."""

    number: int
    opened_by: str
    first_day: int
    last_day: int
    may: dict[int, str]

    @property
    def names(self) -> list[str]:
        return sorted(self.may.values())


def epochs_waiting(*, at: datetime) -> list[WaitingEpoch]:
    """Those after the newest that counts and not over yet, the newest first; in two queries."""
    day = day_of(at)
    rows = Epoch.objects.filter(number__gt=NEWEST_CONFIRMED, last_day__gte=day).order_by("-number").values_list("number", "statement")
    statements = {number: Statement.parse(bytes(raw)) for number, raw in rows}
    # Everyone on a roster has a grant of its epoch (§8.2).
    held = Grant.objects.filter(Certificate.in_force(day, "certificate__"), epoch_id__in=statements).select_related(
        "certificate__member__counsellor__account"
    )
    opened_by = dict.fromkeys(statements, "someone unknown")
    may: dict[int, dict[int, str]] = {number: {} for number in statements}
    for grant in held:
        counsellor, statement = grant.certificate.member.counsellor, statements[grant.epoch_id]
        if grant.certificate.certificate_id == statement.signer:
            opened_by[grant.epoch_id] = counsellor.display_name
        elif grant.certificate.certificate_id in statement.roster and counsellor.answers:
            may[grant.epoch_id][counsellor.account_id] = counsellor.display_name
    return [WaitingEpoch(number, opened_by[number], each.first_day, each.last_day, may[number]) for number, each in statements.items()]


def has_epoch_to_confirm(account: Account, *, at: datetime) -> bool:
    """Whether an epoch waits for the account's word: said on every page of the desk, in one query, and in none for an admin."""
    if account.role == Account.Role.ADMIN:
        return False
    day = day_of(at)
    mine = Grant.objects.filter(
        Certificate.in_force(day, "certificate__"),
        Counsellor.answering("certificate__member__counsellor__"),
        certificate__member__counsellor__account=account,
        epoch__last_day__gte=day,
        epoch_id__gt=NEWEST_CONFIRMED,
    )
    rows = mine.values_list("certificate__certificate_id", "epoch__statement")
    return any(_may(bytes(own), Statement.parse(bytes(raw))) for own, raw in rows)


def _may(certificate_id: bytes, statement: Statement) -> bool:
    return certificate_id in statement.roster and certificate_id != statement.signer
