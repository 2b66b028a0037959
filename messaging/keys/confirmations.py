"""That an epoch counts: a second person's word, or the root's, for one that was opened (PROTOCOL §2.15, §8.2)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from helpline.audit import record_audit
from helpline.models import Account
from helpline.models.audit import Action, Kind
from messaging.http.problems import Problem
from messaging.installation import installation_root_key
from messaging.models import Certificate as CertificateRow
from messaging.models import Confirmation as ConfirmationRow
from messaging.models import Epoch
from messaging.protocol.encoding import BadConfirmation, within
from messaging.protocol.wire import Certificate, Confirmation, Statement, is_confirmed

# A session alone must not be able to fill the database; nobody opens so many in earnest.
MOST_WAITING = 8


def newest_confirmed_epoch(before: int | None = None) -> Statement | None:
    """The newest epoch that counts, of those before the number."""
    rows = Epoch.confirmed() if before is None else Epoch.confirmed().filter(number__lt=before)
    newest = rows.order_by("-number").first()
    return Statement.parse(newest.statement) if newest else None


def demand_few_waiting(signer: bytes, standing: Statement | None) -> None:
    """Raises Problem too-many where as many of this signer's epochs wait as may: a colleague can still open one."""
    waiting = Epoch.objects.filter(number__gt=standing.number if standing else 0).values_list("statement", flat=True)
    if sum(Statement.parse(raw).signer == signer for raw in waiting) >= MOST_WAITING:
        raise Problem("too-many", f"{MOST_WAITING} epochs that you opened wait to be confirmed.")


def confirm_alone(epoch: Epoch, statement: Statement, standing: Statement | None) -> None:
    """Notes that the epoch counts where the desk is one person's, so that nobody else could confirm it."""
    if is_confirmed(installation_root_key(), statement, (), _certificates(statement, standing), standing):
        ConfirmationRow.objects.create(epoch=epoch)


def add_confirmation(*, number: int, confirmation: bytes, at: datetime, by: Account) -> bool:
    """Keeps a confirmation; returns False, and changes nothing, for an epoch that counts already.

    `by` is who brings it, and has to be who signed it; the root's may be brought by anyone.

    Raises:
        Malformed; BadConfirmation: it does not hold.
        Problem: not-found, no such epoch; taken, a later one counts already; not-allowed, another person's certificate, or a withdrawn one.
    """
    with within("confirmation"):
        parsed = Confirmation.parse(confirmation)
    with transaction.atomic():
        # All from this one on: two confirmations at once come one after the other, and none is taken once a later one stands.
        epochs = {
            epoch.number: epoch for epoch in Epoch.objects.select_for_update(no_key=True).filter(number__gte=number).order_by("number")
        }
        if number not in epochs:
            raise Problem("not-found", f"There is no epoch {number}.")
        counting = ConfirmationRow.objects.filter(epoch_id__gte=number).order_by("-epoch_id").values_list("epoch_id", flat=True)
        if number in counting:
            return False
        if counting:
            raise Problem("taken", f"Epoch {counting[0]}, a later one, is confirmed already.", by=None)
        row = (
            CertificateRow.objects.filter(certificate_id=parsed.certificate_id, withdrawn=False)
            .select_related("member__counsellor")
            .first()
        )
        if not parsed.by_root and (row is None or row.member.counsellor.account_id != by.pk):
            raise Problem(
                "not-allowed", "Only the person who signed a confirmation can bring it, under a certificate that is not withdrawn."
            )
        statement, before = Statement.parse(epochs[number].statement), newest_confirmed_epoch(number)
        certificates = _certificates(statement, before, parsed.certificate_id)
        with within("confirmation"):
            parsed.check(installation_root_key(), statement, certificates, before)
            if not is_confirmed(installation_root_key(), statement, [parsed], certificates, before):
                raise BadConfirmation("the epoch's signer was left off the roster before")
        ConfirmationRow.objects.create(epoch=epochs[number], confirmation=confirmation, certificate=None if parsed.by_root else row)
        record_audit(by, Action.APPROVED, "desk epoch", kind=Kind.KEYS, at=at, row=number)
    return True


class NotHere(BadConfirmation):
    """A confirmation of an epoch that nobody here has opened."""


def add_root_confirmation(*, confirmation: bytes, at: datetime, by: Account) -> tuple[int, bool]:
    """The root's confirmation, for whichever epoch it names; that epoch's number, and False where it counted already.

    Raises:
        Malformed, BadConfirmation, NotHere; Problem as `add_confirmation`.
    """
    with within("confirmation"):
        wanted = Confirmation.parse(confirmation).statement_hash
    epochs = Epoch.objects.order_by("-number").values_list("number", "statement")
    number = next((number for number, raw in epochs if Statement.parse(raw).statement_hash == wanted), None)
    if number is None:
        raise NotHere("no epoch here is the one it names")
    return number, add_confirmation(number=number, confirmation=confirmation, at=at, by=by)


def _certificates(statement: Statement, before: Statement | None, *others: bytes) -> dict[bytes, Certificate]:
    """Those of both rosters, both signers and the others, by id; each was checked against the root when it came."""
    ids: Iterable[bytes] = {*statement.roster, statement.signer, *(before.roster if before else ()), *others}
    rows = CertificateRow.objects.filter(certificate_id__in=ids).values_list("certificate", flat=True)
    return {each.certificate_id: each for each in map(Certificate.parse, rows)}
