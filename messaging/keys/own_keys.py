"""What a counsellor's browser needs to open its keys: certificate, vault, and the grants of each epoch (PROTOCOL §8.1, §8.2)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, Value

from helpline.models import Counsellor
from messaging.keys.desk_epochs import EpochChain, certificates_for_statements
from messaging.keys.stored_vaults import open_records
from messaging.models import Certificate, CertificateRequest, DeskMember, Epoch, FurtherGrant, Grant, Renewal, Vault
from messaging.protocol import wire
from messaging.protocol.days import day_of
from messaging.protocol.encoding import encode


def certificate_in_force(member: DeskMember, *, at: datetime) -> Certificate | None:
    """The member's certificate for the day of `at`: of those that include it the one on the newest roster of an epoch that counts, else the
    newest.

    So a renewed certificate waits until such an epoch has it on the roster: grants open only for the certificate that they were made for
    (§2.7), and an epoch that waits to be confirmed moves nobody over, whatever earlier epochs its opener granted with it.
    """
    day = day_of(at)
    with_it = Q(grants__given_with=F("grants__epoch_id")) | Q(grants__given_with=None)
    confirmed = Q(grants__epoch__confirmation__isnull=False) & with_it
    within = member.certificates.filter(Certificate.in_force(day)).annotate(newest=Max("grants__epoch_id", filter=confirmed))
    return within.order_by(F("newest").desc(nulls_last=True), "-pk").first()


def grant_candidates(*, at: datetime) -> list[bytes]:
    """Certificates that a new epoch's roster may have, §8.2: of each counsellor who answers people the newest one in force."""
    rows = Certificate.objects.filter(Certificate.in_force(day_of(at)), Counsellor.answering("member__counsellor__")).order_by("pk")
    newest = {row.member_id: row.certificate for row in rows}
    return list(newest.values())


def own_keys(member: DeskMember, *, at: datetime) -> dict[str, Any]:
    """Everything with which the counsellor's browser unlocks the desk, §8.1, in a constant number of queries."""
    day = day_of(at)
    chain = EpochChain.of(Epoch.objects.select_related("confirmation").order_by("number"))
    own, current = certificate_in_force(member, at=at), chain.current(day)
    since = current or max(chain.counting, default=1)
    grants = grants_for_member(member, own, since) if own else []
    request, renewal = (model.objects.filter(member=member).first() for model in (CertificateRequest, Renewal))
    renewed = own is not None and renewal is not None and _certifies(own, renewal.request)
    vaults = list(member.vaults.all())
    certificates = certificates_for_statements(chain, [own.certificate_id] if own else [], at=at)
    return {
        "counsellor_id": encode(member.public_id),
        "display_name": member.counsellor.display_name,
        "vaults": _vaults([each for each in vaults if each.renewal == renewed]),
        "certificate": encode(own.certificate) if own else None,
        **_asked_for(renewal if renewed else request),
        "grants": _grants(grants),
        **chain.answer(),
        "certificates": [encode(raw) for raw in certificates],
        "other": _other_keys(member, request if renewed else renewal, vaults, pending=not renewed) if renewal else None,
        "current": current,
        "checkpoint": None,
    }


def _certifies(row: Certificate, request: bytes) -> bool:
    return wire.Certificate.parse(row.certificate).certifies(wire.Request.parse(request))


def _asked_for(asked: CertificateRequest | Renewal | None) -> dict[str, Any]:
    """A request without what it renews, and whether the recovery sheet of its keys is on paper."""
    return {
        "request": encode(asked.request[: wire.Request.SIZE]) if asked else None,
        "sheet_made_on": asked.sheet_made_on.isoformat() if asked and asked.sheet_made_on else None,
    }


def _other_keys(member: DeskMember, asked: CertificateRequest | Renewal | None, vaults: list[Vault], *, pending: bool) -> dict[str, Any]:
    """The counsellor's other keys: `pending` ones, that a renewal asks for; or those of before, until all that they open is handed on."""
    standing = [row for row in member.certificates.filter(withdrawn=False).order_by("-pk") if asked and _certifies(row, asked.request)]
    columns = "epoch_id", "certificate__certificate_id", "wrapped"
    own = Grant.objects.filter(certificate__in=standing).order_by("epoch_id").values_list(*columns)
    return {
        "pending": pending,
        "vaults": _vaults([each for each in vaults if each.renewal == pending]),
        **_asked_for(asked),
        "certificate": encode(standing[0].certificate) if standing else None,
        "grants": _grants(own),
    }


def grants_for_member(member: DeskMember, own: Certificate, since: int) -> list[tuple[int, bytes, bytes]]:
    """Every grant of the certificate, and of those epochs from `since` on that the member was granted, everyone's too (PROTOCOL §8.4).

    `since` is the current epoch, or the newest that counts: those who may confirm it look at what waits after it. Ascending by epoch,
    and those of one epoch and certificate in the order in which they came.
    """
    granted = Grant.objects.filter(certificate__member=member, certificate__withdrawn=False, epoch_id__gte=since).values("epoch_id")
    wanted = Q(certificate=own) | Q(epoch_id__in=granted)
    columns = "epoch_id", "certificate__certificate_id", "place", "wrapped"
    first = Grant.objects.filter(wanted).annotate(place=Value(1)).values_list(*columns)
    further = FurtherGrant.objects.filter(wanted).values_list(*columns)
    rows = first.union(further, all=True).order_by("epoch_id", "certificate__certificate_id", "place")
    return [(epoch, bytes(whose), bytes(wrapped)) for epoch, whose, _, wrapped in rows]


def _grants(rows: Iterable[tuple[int, bytes, bytes]]) -> list[dict[str, Any]]:
    return [{"epoch": epoch, "certificate_id": encode(whose), "wrapped": encode(wrapped)} for epoch, whose, wrapped in rows]


def _vaults(vaults: list[Vault]) -> list[dict[str, Any]]:
    """A record is None while the server lacks the storage key that it lies under."""
    return [_vault(vault, record) for vault, record in zip(vaults, open_records([each.record for each in vaults]), strict=True)]


def _vault(vault: Vault, record: bytes | None) -> dict[str, Any]:
    credential = encode(vault.credential_id) if vault.credential_id is not None else None
    return {"id": vault.pk, "kind": vault.kind, "record": encode(record) if record is not None else None, "credential_id": credential}
