"""What an admin sees of messages: who sits at the desk, whose certificates last until when, and which epochs there are.

There are no conversations, envelopes or vaults here, and only the days of keys. An admin can read no message on these pages, and can learn
nothing from them about who writes.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from helpline.admin.base import AdminPage
from helpline.admin.people import AccountForm, Accounts
from helpline.clock import now
from helpline.models import Account
from helpline.staff.begun import service_has_begun
from messaging.members.offboard import OffboardingStakes, offboarding_stakes, step_down_from_desk
from messaging.models import Certificate, Conversation, DeskMember, Epoch

FIRST = date(1970, 1, 1)


class Shown(AdminPage):
    """Rows that the keys' own paths make and end; here they are only seen."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StaffAccountForm(AccountForm):
    """An account, as before. A counsellor who is made an admin hands over first; what that means is said before it is done."""

    hand_over = forms.BooleanField(
        required=False,
        label="Take them off the rota and the desk",
        help_text="Needed when a counsellor or lead who has shifts, conversations or keys becomes an admin.",
    )

    @property
    def steps_down(self) -> bool:
        """The role that stands answers people, and the one that was chosen does not."""
        was, now_is = str(self.initial.get("role", "")), self.cleaned_data.get("role", "")
        return was in Account.ANSWERING and bool(now_is) and now_is not in Account.ANSWERING

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.steps_down and not cleaned.get("hand_over"):
            stake = offboarding_stakes(self.instance, at=now())
            if stake:
                self.add_error("hand_over", _stake_words(stake))
        return cleaned


def _stake_words(stake: OffboardingStakes) -> str:
    told = ["An admin cannot read messages or take shifts."]
    told += [f"Future shifts that come off the rota: {stake.shifts}."] * bool(stake.shifts)
    told += [f"Weekly patterns that end: {stake.patterns}."] * bool(stake.patterns)
    told += [f"Open conversations that go back to the queue: {stake.threads}."] * bool(stake.threads)
    if stake.keeps:
        numbers = ", ".join(map(str, stake.keeps))
        told.append(f"Nobody else can read epoch {numbers}. The vault is kept, but is no longer used. Let them open a new epoch first.")
    return " ".join([*told, "The certificate is withdrawn, and a new epoch must be opened. Tick this to confirm."])


admin.site.unregister(Account)


@admin.register(Account)
class Staff(Accounts):
    form = StaffAccountForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """One's own role cannot change, and so nothing is handed over."""
        fields = ["name", "email", "role", "is_active"]
        return [(None, {"fields": fields if obj is not None and obj.pk == request.user.pk else [*fields, "hand_over"]})]

    def save_model(self, request: HttpRequest, obj: Account, form: Any, change: bool) -> None:
        with transaction.atomic():
            if form.steps_down and not service_has_begun():
                step_down_from_desk(obj, at=now())
            super().save_model(request, obj, form, change)


@admin.register(DeskMember)
class DeskMembers(AdminPage):
    """How much open work routing gives to whom."""

    list_display = ("counsellor", "cap", "most_flagged", "open_work")
    fields = ("counsellor", "cap", "most_flagged", "most_talks")
    readonly_fields = ("counsellor",)
    ordering = ("counsellor__display_name",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeskMember]:
        working = Count("conversations", filter=Q(conversations__state=Conversation.State.ASSIGNED))
        found: QuerySet[DeskMember] = super().get_queryset(request).select_related("counsellor").annotate(working=working)
        return found

    @admin.display(description="Open conversations")
    def open_work(self, member: DeskMember) -> int:
        return int(getattr(member, "working", 0))


class Dated(Shown):
    """Rows whose days are counted as PROTOCOL §1.5 counts them."""

    @admin.display(description="From", ordering="first_day")
    def starts(self, row: Certificate | Epoch) -> date:
        return FIRST + timedelta(days=row.first_day)

    @admin.display(description="Until", ordering="last_day")
    def ends(self, row: Certificate | Epoch) -> date:
        return FIRST + timedelta(days=row.last_day)


@admin.register(Certificate)
class Certificates(Dated):
    list_display = ("holder", "key_holder", "starts", "ends")
    fields = ("holder", "key_holder", "starts", "ends")
    list_select_related = ("member__counsellor",)
    ordering = ("member__counsellor__display_name", "-last_day")

    @admin.display(description="Counsellor", ordering="member__counsellor__display_name")
    def holder(self, row: Certificate) -> str:
        return str(row.member)


@admin.register(Epoch)
class Epochs(Dated):
    list_display = ("number", "starts", "ends")
    fields = ("number", "starts", "ends")
    ordering = ("-number",)
