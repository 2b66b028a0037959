"""Throws a vault away that nobody can open any more, so that its counsellor can make a new one."""

from django.db import transaction

from messaging.models import CertificateRequest, DeskMember


def forget_vault(member: DeskMember) -> None:
    """Vault and request are gone. Certificates for its keys are withdrawn, and stay for what was signed under them."""
    with transaction.atomic():
        DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        member.vaults.all().delete()
        CertificateRequest.objects.filter(member=member).delete()
        member.certificates.update(withdrawn=True)
