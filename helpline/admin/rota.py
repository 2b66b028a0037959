"""Shifts and absences, read only. The rota's own pages change them: those show the consequences first, and tell the people concerned. A row
saved here would do neither."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from helpline.admin.base import AdminPage
from helpline.models import Absence, Shift


class ReadOnlyRota(AdminPage):
    """`changed_on` names the page where these rows are changed."""

    changed_on = ""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        self._lead_on(request)
        return super().changelist_view(request, *arguments, **named)

    def changeform_view(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        self._lead_on(request)
        return super().changeform_view(request, *arguments, **named)

    def _lead_on(self, request: HttpRequest) -> None:
        words = format_html('You can only view this here. <a href="{}">Change it on the rota</a>.', reverse(self.changed_on))
        messages.info(request, words)


@admin.register(Shift)
class Shifts(ReadOnlyRota):
    changed_on = "desk:rota-week"
    list_display = ("counsellor", "channel", "starts_at", "ends_at", "state")
    list_filter = ("channel", "state", "counsellor")
    list_select_related = ("counsellor",)
    date_hierarchy = "starts_at"


@admin.register(Absence)
class Absences(ReadOnlyRota):
    changed_on = "desk:rota-absences"
    list_display = ("counsellor", "starts_at", "ends_at")
    list_filter = ("counsellor",)
    list_select_related = ("counsellor",)
