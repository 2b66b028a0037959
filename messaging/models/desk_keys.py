"""Counsellors' keys as the server may know them: public halves, and secrets wrapped where it cannot reach (PROTOCOL §2)."""

from django.db import models
from django.db.models import F, Q

from messaging.models.desk import DeskMember
from messaging.models.fields import BytesField


class Vault(models.Model):
    """A vault record of 109 bytes (PROTOCOL §2.3), which the server cannot open; 228 bytes where it lies under a storage key."""

    class Kind(models.IntegerChoices):
        PASSPHRASE = 1
        PASSKEY = 2

    member = models.ForeignKey(DeskMember, on_delete=models.CASCADE, related_name="vaults")
    kind = models.PositiveSmallIntegerField(choices=Kind)
    record = BytesField(size=109, or_size=228)
    credential_id = BytesField(max_length=1023, null=True)
    # Of the keys that a renewal asks for, until they take over; and then the others are deleted.
    renewal = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "renewal"], condition=Q(kind=1), name="vault_one_passphrase_a_set"),
            models.UniqueConstraint(fields=["member", "credential_id"], name="vault_once_a_passkey"),
            models.CheckConstraint(
                condition=Q(kind=1, credential_id__isnull=True) | Q(kind=2, credential_id__isnull=False), name="vault_passkey_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.member}"


class CertificateRequest(models.Model):
    """What a counsellor's browser asks the root's keepers to sign (PROTOCOL §2.4)."""

    member = models.OneToOneField(DeskMember, on_delete=models.CASCADE, related_name="request")
    request = BytesField(size=1361)
    made_on = models.DateField()
    # The day on which its counsellor said that the recovery sheet of these keys is on paper.
    sheet_made_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"Request of {self.member}"


class Renewal(models.Model):
    """New keys that a counsellor's browser made before their certificate ends: the request, which the old key signed too (PROTOCOL §2.4).

    It goes when the new keys have taken over: their request is the `CertificateRequest` then.
    """

    member = models.OneToOneField(DeskMember, on_delete=models.CASCADE, related_name="renewal")
    request = BytesField(size=1441)
    made_on = models.DateField()
    sheet_made_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"Renewal of {self.member}"


class Certificate(models.Model):
    """A certificate signed by the root (PROTOCOL §2.5). Days are whole days since 1970-01-01 in UTC.

    One is withdrawn when its keys are lost: what was signed under it can still be checked, and nothing new counts.
    """

    certificate_id = BytesField(size=16, unique=True)
    member = models.ForeignKey(DeskMember, on_delete=models.PROTECT, related_name="certificates")
    certificate = BytesField(max_length=1435)
    key_holder = models.BooleanField()
    first_day = models.PositiveIntegerField()
    last_day = models.PositiveIntegerField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="certificate_forwards")]

    def __str__(self) -> str:
        return f"Certificate of {self.member}"

    @staticmethod
    def in_force(day: int, prefix: str = "") -> Q:
        """Those that count on the day. `prefix`: a lookup that leads to one."""
        return Q(**{f"{prefix}first_day__lte": day, f"{prefix}last_day__gte": day, f"{prefix}withdrawn": False})


class Epoch(models.Model):
    """A desk epoch's statement (PROTOCOL §2.6)."""

    number = models.PositiveIntegerField(primary_key=True)
    statement = BytesField(max_length=9535)
    first_day = models.PositiveIntegerField()
    last_day = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.CheckConstraint(condition=Q(number__gte=1, first_day__lte=F("last_day")), name="epoch_forwards")]

    def __str__(self) -> str:
        return f"Desk epoch {self.number}"

    @classmethod
    def confirmed(cls) -> "models.QuerySet[Epoch]":
        """Those that count; any other stands in the chain and opens nothing."""
        return cls._default_manager.filter(confirmation__isnull=False)


class Confirmation(models.Model):
    """That an epoch counts (PROTOCOL §2.15): a second person's word, the root's, or that the desk is one person's and none is needed.

    Rows are only added. Both fields are empty where none is needed, and `certificate` alone for the root's.
    """

    epoch = models.OneToOneField(Epoch, on_delete=models.CASCADE, primary_key=True, related_name="confirmation")
    confirmation = BytesField(size=113, null=True)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(certificate=None) | Q(confirmation__isnull=False), name="confirmation_is_signed"),
            models.UniqueConstraint(fields=["confirmation"], name="confirmation_once"),
        ]

    def __str__(self) -> str:
        return f"Confirmation of {self.epoch}"


class Grant(models.Model):
    """An epoch's seed, wrapped to one certificate (PROTOCOL §2.7)."""

    epoch = models.ForeignKey(Epoch, on_delete=models.CASCADE, related_name="grants")
    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="grants")
    wrapped = BytesField(size=1168)
    # With which epoch it first came: its own, or a later one whose opener gave it to someone new. Empty before this was noted.
    given_with = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "certificate"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.epoch} for {self.certificate}"


class FurtherGrant(models.Model):
    """Another grant where one stands: grants are only added, so that nobody can take away what opens (PROTOCOL §8.2)."""

    MOST = 4

    epoch = models.ForeignKey(Epoch, on_delete=models.CASCADE, related_name="further_grants")
    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="further_grants")
    # 2 to 4; the first is the `Grant`.
    place = models.PositiveSmallIntegerField()
    wrapped = BytesField(size=1168)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "certificate", "place"], name="further_grant_once"),
            models.CheckConstraint(condition=Q(place__gte=2, place__lte=4), name="further_grant_place"),
        ]

    def __str__(self) -> str:
        return f"{self.epoch} for {self.certificate}, again"
