"""Staff accounts, counsellors, and invitations."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with an email address as the name to sign in with."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save()
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Account":
        return self.create_user(email, password, role=Account.Role.ADMIN, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """Someone on the staff. People who seek help never have an account."""

    class Role(models.TextChoices):
        COUNSELLOR = "counsellor", "Counsellor"
        LEAD = "lead", "Lead"
        ADMIN = "admin", "Admin"

    # Who may answer people at all: an admin can read no message, and takes no shift.
    ANSWERING: ClassVar = (Role.COUNSELLOR, Role.LEAD)

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=10, choices=Role, default=Role.COUNSELLOR)
    is_active = models.BooleanField("can sign in", default=True)
    # Part of what each session is marked with: counted up, it ends them all.
    session_generation = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    # Asked for by whoever it is, on the status page: emails when something of the service must be done.
    alerts = models.BooleanField(default=False, db_default=False, editable=False)

    # Wrong passwords and codes since the last sign-in: whoever signs in is told.
    wrong_tries = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    # Since when someone who was invited again may do nothing: until a lead has heard them read this code out.
    recovered_at = models.DateTimeField(null=True, editable=False)
    recovery_code = models.CharField(max_length=8, default="", db_default="", editable=False)
    recovery_tries = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_email_once"),
            models.CheckConstraint(
                condition=Q(recovered_at=None, recovery_code="") | Q(recovered_at__isnull=False) & ~Q(recovery_code=""),
                name="account_recovered_with_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own mark of a session, over the password's hash, and over how often every session was ended."""
        mark = f"{self.session_generation}:{self.password}"
        return salted_hmac("helpline.models.Account.session", mark, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Only admins reach Django's admin."""
        return self.role == self.Role.ADMIN


class Counsellor(models.Model):
    """An account that takes shifts and answers people."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="counsellor")
    display_name = models.CharField(max_length=40, unique=True, help_text="A first name. People who write see it.")
    active = models.BooleanField(default=True)
    # Chosen by themselves, on "My shifts".
    most_hours = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, validators=[MaxValueValidator(60)])
    reminded = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        ordering = ["display_name"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def answers(self) -> bool:
        """Whether they may answer people at all; `answering` for one row."""
        return self.active and self.account.is_active and self.account.role in Account.ANSWERING

    @staticmethod
    def answering(prefix: str = "") -> Q:
        """Those who may answer people: switched on, with an account that is, in a role that does. `prefix`: a lookup that leads to one."""
        return Q(
            **{f"{prefix}active": True, f"{prefix}account__is_active": True, f"{prefix}account__role__in": Account.ANSWERING},
        )


class Invitation(models.Model):
    """A link, good once and for a week, with which someone sets their own password. Only its hash is kept."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="invitation")
    token_hash = models.BinaryField(max_length=32, unique=True, editable=False)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Invitation of {self.account}"


class AccountNotice(models.Model):
    """An email that waits to be sent to the person an account belongs to, or belonged to: something was done to it. Gone once it is sent.

    `address` is where it goes: the account's own, and the one before where that was changed. One of a kind waits at a time.
    """

    class Kind(models.TextChoices):
        PASSWORD = "password"  # noqa: S105 - what the notice is about
        FACTOR_ADDED = "factor-added"
        FACTOR_REMOVED = "factor-removed"
        RECOVERY_CODES = "recovery-codes"
        NEW_BROWSER = "new-browser"
        LOCKED = "locked"
        INVITED_AGAIN = "invited-again"
        CHANGED = "changed"
        BLOCKED = "blocked"
        ACTED = "acted"
        VAULT = "vault"
        PROPOSED = "proposed"
        MADE = "made"
        STOPPED = "stopped"
        HIDDEN = "hidden"
        HEARD = "heard"
        UNUSUAL = "unusual"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices", db_index=False)
    address = models.EmailField(max_length=254)
    kind = models.CharField(max_length=15, choices=Kind)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["account", "address", "kind"], name="account_notice_one_of_a_kind")]

    def __str__(self) -> str:
        return self.kind
