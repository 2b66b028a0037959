"""The staff. Accounts are made by invitation (at /desk/), so that nobody ever knows another's password; here they are changed."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from helpline.admin.base import AdminPage, account_at, propose_and_say, tell_values
from helpline.clock import now
from helpline.four_eyes.changes import propose_change
from helpline.models import Account, AccountNotice, Counsellor, ProposedChange
from helpline.models.plain_text import one_alphabet
from helpline.staff.account_notices import queue_account_notice
from helpline.staff.begun import service_has_begun

if TYPE_CHECKING:
    Form = forms.ModelForm[Account]
else:
    Form = forms.ModelForm


# What decides who may do what, and who hears of it.
GUARDED = ("role", "email", "is_active")


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
        """A name is changed at once. Role, address, and whether the account is on take two people once the service has begun."""
        guarded = [name for name in GUARDED if name in form.changed_data]
        if guarded and service_has_begun():
            stood = Account.objects.get(pk=obj.pk)
            before = {name: str(getattr(stood, name)) for name in guarded}
            after = {name: str(getattr(obj, name)) for name in guarded}
            for name in guarded:
                setattr(obj, name, getattr(stood, name))
            form.changed_data[:] = [name for name in form.changed_data if name not in guarded and name != "hand_over"]
            by, at, what = account_at(request), now(), f"{stood.name}: " + ", ".join(f"{name} {value}" for name, value in after.items())
            kind, subject = ProposedChange.Kind.ACCOUNT, f"account {obj.pk}"
            asked = partial(propose_change, kind, subject=subject, what=what[:200], by=by, at=at, account=stood)
            propose_and_say(request, partial(asked, before=before, after=after))
        # The role decides on these pages; Django's own mark goes with it, as in an invitation.
        obj.is_superuser = obj.role == Account.Role.ADMIN
        with transaction.atomic():
            told = [name for name in GUARDED if name in form.changed_data]
            tell_values(obj, {name: str(form.initial[name]) for name in told}, {name: str(getattr(obj, name)) for name in told})
            super().save_model(request, obj, form, change)
            if form.changed_data and obj.pk != request.user.pk:
                # The address before the change too: whoever it belongs to would otherwise never hear of it.
                queue_account_notice(AccountNotice.Kind.CHANGED, obj, str(form.initial["email"]))


@admin.register(Counsellor)
class Counsellors(NeverDeleted):
    """The display name is written in the counsellor's certificate (PROTOCOL §2.5), so it cannot change here."""

    list_display = ("display_name", "account", "active")
    fields = ("account", "display_name", "active")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who leaves is recorded on the page “Staff”; one admin must not switch everyone off here."""
        return False
