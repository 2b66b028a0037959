"""Stores the desk's keys: members, certificates, epochs and grants (PROTOCOL §2.5, §2.6, §8.2)."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from helpline.audit import record_audit
from helpline.models import Counsellor
from helpline.models.audit import Action, Kind
from messaging.http.problems import Problem
from messaging.installation import installation_root_key, installation_site
from messaging.keys.confirmations import confirm_alone, demand_few_waiting, newest_confirmed_epoch
from messaging.models import Certificate as CertificateRow
from messaging.models import DeskMember, Epoch, FurtherGrant, Grant
from messaging.protocol.days import day_of
from messaging.protocol.encoding import BadCertificate, BadStatement, demand, within
from messaging.protocol.wire import Certificate, Request, Statement, demand_grant, named_since


@dataclass(frozen=True)
class GrantIn:
    """An epoch's seed, wrapped to one certificate, as a key-holder gives it, §2.7."""

    certificate_id: bytes
    epoch: int
    wrapped: bytes


def make_desk_member(counsellor: Counsellor, *, counsellor_id: bytes | None = None, cap: int = 3) -> DeskMember:
    """The counsellor's place at the desk, with the id that their keys will be bound to; one that stands stays as it is."""
    values = {"public_id": counsellor_id or secrets.token_bytes(16), "cap": cap}
    return DeskMember.objects.get_or_create(counsellor=counsellor, defaults=values)[0]


def add_certificate(*, certificate: bytes, at: datetime) -> CertificateRow:
    """Keeps a certificate that the root has signed; the same one again changes nothing.

    Raises:
        Malformed, BadCertificate: not one of this root's, or of nobody at this desk, or not for the keys that the counsellor asked it for.
    """
    parsed = Certificate.parse(certificate)
    parsed.check(installation_root_key())
    member = DeskMember.objects.select_related("request", "renewal").filter(public_id=parsed.counsellor_id).first()
    if member is None:
        raise BadCertificate("nobody at this desk has this certificate's counsellor id")
    waiting = [getattr(member, name).request for name in ("request", "renewal") if hasattr(member, name)]
    if not any(parsed.certifies(Request.parse(asked)) for asked in waiting):
        raise BadCertificate("it is not for the keys that the counsellor's vault holds now")
    values = {
        "member": member,
        "certificate": certificate,
        "key_holder": parsed.key_holder,
        "first_day": parsed.first_day,
        "last_day": parsed.last_day,
    }
    return CertificateRow.objects.get_or_create(certificate_id=parsed.certificate_id, defaults=values)[0]


def add_epoch(*, statement: bytes, grants: list[GrantIn], at: datetime, by: DeskMember | None = None) -> Epoch:
    """Keeps a desk epoch: the next of the chain, signed by a key-holder, with a grant for everyone on its roster.

    It counts once a second person has confirmed it, or at once where the desk is one person's (§2.15). `by` is who sends it, and has to be
    who signed it; an operator at the command line, who holds the statement of a key-holder, is nobody.

    Raises:
        Malformed, BadStatement: what §2.6 says.
        Problem: not-allowed; taken, when someone else opened this epoch at the same time; too-many, of this key-holder's that wait.
    """
    with within("statement"):
        parsed = Statement.parse(statement)
    signer = CertificateRow.objects.filter(certificate_id=parsed.signer, withdrawn=False).first()
    if by is not None and (signer is None or signer.member_id != by.pk or not signer.key_holder):
        raise Problem("not-allowed", "Only a key-holder can open an epoch, with their own signature.")
    before = Epoch.objects.order_by("-number").first()
    if before is not None and parsed.number <= before.number:
        if before.number == parsed.number and before.statement == statement:
            return before
        raise Problem("taken", f"Epoch {parsed.number} is already open. Load the page again.", by=None)
    standing = newest_confirmed_epoch()
    with within("statement"):
        _demand_next_of_chain(parsed, signer, before, standing, at)
    demand_few_waiting(parsed.signer, standing)
    certificates = _granted(parsed, grants)
    try:
        with transaction.atomic():
            epoch = Epoch.objects.create(number=parsed.number, statement=statement, first_day=parsed.first_day, last_day=parsed.last_day)
            add_grants(grants, certificates, given_with=parsed.number)
            confirm_alone(epoch, parsed, standing)
            if by is not None:
                record_audit(by.counsellor.account, Action.OPENED, "desk epoch", kind=Kind.KEYS, at=at, row=epoch.number)
    except IntegrityError as error:
        raise Problem("taken", f"Someone else has just opened epoch {parsed.number}. Load the page again.", by=None) from error
    return epoch


def _demand_next_of_chain(
    statement: Statement, signer: CertificateRow | None, before: Epoch | None, standing: Statement | None, at: datetime
) -> None:
    """That it is the next of the chain, by a key-holder who may sign it (§2.6, §2.15).

    Raises:
        BadStatement, BadCertificate.
    """
    if statement.number != (before.number if before else 0) + 1:
        raise BadStatement("its number leaves a gap")
    trusted = Certificate.parse(signer.certificate) if signer else None
    if trusted is not None:
        trusted.check(installation_root_key())
    statement.check(installation_site(), trusted, Statement.parse(before.statement) if before else None)
    # First days never go back: one that is far ahead (a clock that is wrong) would leave the desk without a key until then, and for so
    # long nobody could be taken off the roster.
    if statement.first_day > day_of(at) + 1:
        raise BadStatement("it begins later than tomorrow")
    if trusted is not None and standing is not None and not named_since(trusted, standing):
        # Who was left off a roster must not sign their way back; whom the root has named since may.
        raise BadStatement("its signer was left off the roster before")


def add_grants(grants: list[GrantIn], certificates: dict[bytes, int], *, given_with: int) -> None:
    """Keeps each beside those that stand in its place: none is replaced. The same bytes again, and one above the most, are left out."""
    places = [(certificates[grant.certificate_id], grant.epoch) for grant in grants]
    here = Q(certificate__in={certificate for certificate, _ in places}, epoch__in={epoch for _, epoch in places})
    standing: dict[tuple[int, int], list[bytes]] = {}
    for rows in (Grant.objects.filter(here), FurtherGrant.objects.filter(here)):
        for certificate, epoch, wrapped in rows.values_list("certificate_id", "epoch_id", "wrapped"):
            standing.setdefault((certificate, epoch), []).append(bytes(wrapped))
    first, further = [], []
    for (certificate, epoch), grant in zip(places, grants, strict=True):
        there = standing.get((certificate, epoch), [])
        if not there:
            first.append(Grant(epoch_id=epoch, certificate_id=certificate, wrapped=grant.wrapped, given_with=given_with))
        elif grant.wrapped not in there and len(there) < FurtherGrant.MOST:
            further.append(FurtherGrant(epoch_id=epoch, certificate_id=certificate, place=len(there) + 1, wrapped=grant.wrapped))
    Grant.objects.bulk_create(first)
    FurtherGrant.objects.bulk_create(further)


def grant_places(grants: list[GrantIn]) -> set[tuple[bytes, int]]:
    """Certificate and epoch of each grant; raises Malformed for one of the wrong size, or two of the same place."""
    with within("grants"):
        for place, grant in enumerate(grants):
            with within(place, "wrapped"):
                demand_grant(grant.wrapped)
        places = {(grant.certificate_id, grant.epoch) for grant in grants}
        demand(len(places) == len(grants), "a grant twice")
    return places


def _granted(statement: Statement, grants: list[GrantIn]) -> dict[bytes, int]:
    """The primary keys of all certificates that the statement or a grant names.

    Raises:
        Malformed: a grant of the wrong size, twice, or of an epoch that is not there.
        BadStatement: a certificate that is not known, one on the roster without a grant, or someone on it twice.
    """
    places = grant_places(grants)
    with within("grants"):
        demand(all(1 <= epoch <= statement.number for _, epoch in places), "a grant of an epoch that is not there")
        if {certificate for certificate, epoch in places if epoch == statement.number} != set(statement.roster):
            raise BadStatement("its roster and its grants are not the same certificates")
        ids = {statement.signer, *(certificate for certificate, _ in places)}
        rows = {row.certificate_id: row for row in CertificateRow.objects.filter(certificate_id__in=ids)}
        if rows.keys() != ids:
            raise BadStatement("a certificate is not known here")
    with within("statement"):
        statement.check_roster({each: Certificate.parse(rows[each].certificate) for each in (statement.signer, *statement.roster)})
    return {each: row.pk for each, row in rows.items()}
