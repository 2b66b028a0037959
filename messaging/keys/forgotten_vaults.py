"""A vault that is deleted is sealed away for thirty days: two people can bring it back, and then it is deleted for good."""

from datetime import datetime, timedelta

from django.db import transaction

from messaging.models import CertificateRequest, DeskMember, ForgottenRecord, ForgottenVault, Renewal, Vault

KEPT_FOR = timedelta(days=30)


class CannotComeBack(Exception):
    """The sentence says why."""


def seal_away_vault(member: DeskMember, *, at: datetime) -> None:
    """The counsellor has no vault and no request any more, and their certificates are withdrawn; what they had is kept aside.

    Called in a transaction that holds the counsellor's lock. A renewal that had not taken over goes for good.
    """
    records = list(member.vaults.filter(renewal=False))
    if records:
        asked = CertificateRequest.objects.filter(member=member).first()
        known = {"request": asked.request, "made_on": asked.made_on, "sheet_made_on": asked.sheet_made_on} if asked else {}
        kept = ForgottenVault.objects.create(member=member, forgotten_at=at, **known)
        kept.certificates.set(member.certificates.filter(withdrawn=False))
        copies = [ForgottenRecord(of=kept, kind=each.kind, record=each.record, credential_id=each.credential_id) for each in records]
        ForgottenRecord.objects.bulk_create(copies)
    member.vaults.all().delete()
    CertificateRequest.objects.filter(member=member).delete()
    Renewal.objects.filter(member=member).delete()
    member.certificates.update(withdrawn=True)


def bring_back_vault(forgotten_id: int) -> DeskMember:
    """The counsellor, who has again what they had: vault, request, and the certificates that were withdrawn with it.

    Raises:
        CannotComeBack: it is deleted for good, there is a new vault, or the counsellor answers nobody any more.
    """
    with transaction.atomic():
        found = ForgottenVault.objects.select_related("member__counsellor__account").filter(pk=forgotten_id).first()
        if found is None:
            raise CannotComeBack("The vault is deleted for good.")
        member = DeskMember.objects.select_for_update(no_key=True).get(pk=found.member_id)
        if member.vaults.exists():
            raise CannotComeBack("There is a new vault.")
        if not found.member.counsellor.answers:
            raise CannotComeBack("The counsellor’s account is switched off, or has another role.")
        # Counted: of two who bring it back at once, one does.
        records = list(found.records.all())
        certificates = list(found.certificates.values_list("pk", flat=True))
        if ForgottenVault.objects.filter(pk=found.pk).delete()[1].get("messaging.ForgottenVault", 0) != 1:
            raise CannotComeBack("The vault is deleted for good.")
        Vault.objects.bulk_create(
            Vault(member=member, kind=each.kind, record=each.record, credential_id=each.credential_id) for each in records
        )
        if found.request is not None:
            values = {"request": found.request, "made_on": found.made_on, "sheet_made_on": found.sheet_made_on}
            CertificateRequest.objects.update_or_create(member=member, defaults=values)
        member.certificates.filter(pk__in=certificates).update(withdrawn=False)
    return found.member


def forgotten_vaults(*, at: datetime) -> list[ForgottenVault]:
    """Those that can come back, the newest first."""
    kept = ForgottenVault.objects.filter(forgotten_at__gt=at - KEPT_FOR)
    return list(kept.select_related("member__counsellor").order_by("-pk"))


def delete_forgotten_vaults(*, at: datetime) -> int:
    """How many are deleted for good, because their thirty days are over."""
    return ForgottenVault.objects.filter(forgotten_at__lte=at - KEPT_FOR).delete()[1].get("messaging.ForgottenVault", 0)
