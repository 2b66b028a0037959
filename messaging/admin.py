"""What an admin sees of messages: who sits at the desk, whose certificates last until when, and which epochs there are.

Neither conversations nor envelopes nor vaults are here, and of keys only their days: whoever runs the admin's pages can read no message,
and can learn nothing from them about who writes.
"""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from helpline.admin.access import Page
from messaging.models import Certificate, Conversation, DeskMember, Epoch

FIRST = date(1970, 1, 1)


class Shown(Page):
    """Rows that the keys' own paths make and end; here they are only seen."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(DeskMember)
class DeskMembers(Page):
    """How much open work routing gives to whom."""

    list_display = ("counsellor", "cap", "most_flagged", "open_work")
    fields = ("counsellor", "cap", "most_flagged")
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
