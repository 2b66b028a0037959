"""What a counsellor's browser needs to open its keys: certificate, vault, and the grants of each epoch (PROTOCOL §8.1, §8.2)."""

from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, Value

from helpline.models import Counsellor
from messaging.keys.desk_epochs import certificates_for_statements
from messaging.keys.stored_vaults import open_records
from messaging.models import Certificate, CertificateRequest, DeskMember, Epoch, FurtherGrant, Grant, Vault
from messaging.protocol.days import day_of
from messaging.protocol.encoding import encode
from messaging.protocol.wire import Statement


def certificate_in_force(member: DeskMember, *, at: datetime) -> Certificate | None:
    """The member's certificate for the day of `at`: of those that include it the one with the newest epoch's grant, else the newest.

    So a renewed certificate waits until an epoch has it on the roster: grants open only for the certificate that they were made for (§2.7).
    """
    day = day_of(at)
    within = member.certificates.filter(Certificate.in_force(day)).annotate(newest=Max("grants__epoch_id"))
    return within.order_by(F("newest").desc(nulls_last=True), "-pk").first()


def grant_candidates(*, at: datetime) -> list[bytes]:
    """Certificates that a new epoch's roster may have, §8.2: of each counsellor who answers people the newest one in force."""
    rows = Certificate.objects.filter(Certificate.in_force(day_of(at)), Counsellor.answering("member__counsellor__")).order_by("pk")
    newest = {row.member_id: row.certificate for row in rows}
    return list(newest.values())


def own_keys(member: DeskMember, *, at: datetime) -> dict[str, Any]:
    """Everything with which the counsellor's browser unlocks the desk, §8.1, in six queries."""
    day = day_of(at)
    epochs = list(Epoch.objects.order_by("number"))
    statements = [Statement.parse(epoch.statement) for epoch in epochs]
    current = [epoch.number for epoch in epochs if epoch.first_day <= day <= epoch.last_day]
    own = certificate_in_force(member, at=at)
    newest = max(current, default=None)
    grants = grants_for_certificate(own, newest) if own else []
    request = CertificateRequest.objects.filter(member=member).first()
    certificates = certificates_for_statements(statements, [own.certificate_id] if own else [], at=at)
    return {
        "counsellor_id": encode(member.public_id),
        "display_name": member.counsellor.display_name,
        "vaults": _vaults(list(member.vaults.all())),
        "certificate": encode(own.certificate) if own else None,
        "request": encode(request.request) if request else None,
        "sheet_made_on": request.sheet_made_on.isoformat() if request and request.sheet_made_on else None,
        "grants": [{"epoch": epoch, "certificate_id": encode(whose), "wrapped": encode(wrapped)} for epoch, whose, wrapped in grants],
        "statements": [encode(statement.raw) for statement in statements],
        "certificates": [encode(raw) for raw in certificates],
        "current": newest,
    }


def grants_for_certificate(own: Certificate, current: int | None) -> list[tuple[int, bytes, bytes]]:
    """Every grant of a certificate, and of those epochs that it was granted, the current and later ones, everyone's too (PROTOCOL §8.4).

    Ascending by epoch, and those of one epoch and certificate in the order in which they came.
    """
    wanted = Q(certificate=own)
    if current is not None:
        wanted |= Q(epoch_id__in=Grant.objects.filter(certificate=own, epoch_id__gte=current).values("epoch_id"))
    columns = "epoch_id", "certificate__certificate_id", "place", "wrapped"
    first = Grant.objects.filter(wanted).annotate(place=Value(1)).values_list(*columns)
    further = FurtherGrant.objects.filter(wanted).values_list(*columns)
    rows = first.union(further, all=True).order_by("epoch_id", "certificate__certificate_id", "place")
    return [(epoch, bytes(whose), bytes(wrapped)) for epoch, whose, _, wrapped in rows]


def _vaults(vaults: list[Vault]) -> list[dict[str, Any]]:
    """A record is None while the server lacks the storage key that it lies under."""
    return [_vault(vault, record) for vault, record in zip(vaults, open_records([each.record for each in vaults]), strict=True)]


def _vault(vault: Vault, record: bytes | None) -> dict[str, Any]:
    credential = encode(vault.credential_id) if vault.credential_id is not None else None
    return {"id": vault.pk, "kind": vault.kind, "record": encode(record) if record is not None else None, "credential_id": credential}
