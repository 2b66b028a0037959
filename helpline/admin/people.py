"""The staff. Accounts are made by invitation (at /desk/), so that nobody ever knows another's password; here they are changed."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from helpline.admin.base import AdminPage
from helpline.models import Account, AccountNotice, Counsellor
from helpline.models.plain_text import one_alphabet
from helpline.staff.account_notices import queue_account_notice

if TYPE_CHECKING:
    Form = forms.ModelForm[Account]
else:
    Form = forms.ModelForm


class AccountForm(Form):
    class Meta:
        model = Account
        fields = ("name", "email", "role", "is_active")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Account.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Someone on the staff already has this email address. Enter another one.")
        return email

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        one_alphabet(name)
        return name


class NeverDeleted(AdminPage):
    """Rows that other parts of the service make, and that are switched off rather than deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Account)
class Accounts(NeverDeleted):
    form = AccountForm
    list_display = ("name", "email", "role", "is_active")
    list_filter = ("role", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> tuple[str, ...]:
        """Nobody can lock themselves out: another admin changes an admin's role."""
        return ("role", "is_active") if obj is not None and obj.pk == request.user.pk else ()

    def save_model(self, request: HttpRequest, obj: Account, form: Any, change: bool) -> None:
        # The role decides on these pages; Django's own mark goes with it, as in an invitation.
        obj.is_superuser = obj.role == Account.Role.ADMIN
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if form.changed_data and obj.pk != request.user.pk:
                # The address before the change too: whoever it belongs to would otherwise never hear of it.
                queue_account_notice(AccountNotice.Kind.CHANGED, obj, str(form.initial["email"]))


@admin.register(Counsellor)
class Counsellors(NeverDeleted):
    """The display name is written in the counsellor's certificate (PROTOCOL §2.5), so it cannot change here."""

    list_display = ("display_name", "account", "active")
    fields = ("account", "display_name", "active")
    readonly_fields = ("account", "display_name")
