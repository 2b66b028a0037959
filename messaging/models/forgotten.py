"""Vaults that were deleted, for thirty days: sealed away from everyone, until two people bring one back or its time is over."""

from django.db import models
from django.db.models import Q

from messaging.models.desk import DeskMember
from messaging.models.desk_keys import Certificate, Vault
from messaging.models.fields import BytesField


class ForgottenVault(models.Model):
    """What a counsellor had when their vault was deleted: its request, the certificates that were withdrawn with it, and its records.

    Nothing here opens for anyone: no page and no interface gives a record out until it is a `Vault` again.
    """

    member = models.ForeignKey(DeskMember, on_delete=models.CASCADE, related_name="forgotten")
    forgotten_at = models.DateTimeField(db_index=True)
    request = BytesField(size=1361, null=True)
    made_on = models.DateField(null=True)
    sheet_made_on = models.DateField(null=True)
    certificates = models.ManyToManyField(Certificate, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Deleted vault of {self.member}"


class ForgottenRecord(models.Model):
    """One record of a deleted vault, as it lay in the database: under a storage key, where there is one."""

    of = models.ForeignKey(ForgottenVault, on_delete=models.CASCADE, related_name="records")
    kind = models.PositiveSmallIntegerField(choices=Vault.Kind)
    record = BytesField(size=109, or_size=228)
    credential_id = BytesField(max_length=1023, null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=1, credential_id__isnull=True) | Q(kind=2, credential_id__isnull=False), name="forgotten_passkey_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"Record of {self.of}"
