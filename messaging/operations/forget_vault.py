"""Throws a vault away that nobody can open any more, so that its counsellor can make a new one."""

from datetime import datetime

from django.db import transaction

from messaging.models import CertificateRequest, DeskMember
from messaging.queries.readers import only_reader_of


class OnlyReader(Exception):
    """Nobody else could read these epochs, whose numbers are its arguments."""

    @property
    def epochs(self) -> list[int]:
        return list(self.args)


def forget_vault(member: DeskMember, *, at: datetime, sure: bool = False) -> None:
    """Vault and request are gone. Certificates for its keys are withdrawn, and stay for what was signed under them.

    Raises:
        OnlyReader: nobody else could read what conversations need, unless it is said that this is meant.
    """
    with transaction.atomic():
        # Everybody's: of two vaults that are thrown away at once, the second is asked about when the first is gone.
        list(DeskMember.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        alone = [] if sure else only_reader_of(member, at=at)
        if alone:
            raise OnlyReader(*alone)
        member.vaults.all().delete()
        CertificateRequest.objects.filter(member=member).delete()
        member.certificates.update(withdrawn=True)
