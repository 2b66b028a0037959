"""What the campaign says, and the versions of the confidentiality terms."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest

from helpline.admin.access import ForAdmins, Inline, Page
from helpline.clock import now
from helpline.models import Campaign, ConfidentialityTerms, Figure
from helpline.operations.publish_terms import publish_terms
from helpline.queries import organisation


class Figures(ForAdmins, Inline):
    model = Figure
    extra = 1


@admin.register(Campaign)
class Campaigns(Page):
    list_display = ("name", "starts_on", "ends_on")
    inlines = (Figures,)


@admin.register(ConfidentialityTerms)
class Terms(Page):
    """A version is published once, and then kept as it is: people have accepted it."""

    list_display = ("version", "published_on")
    fields = ("text",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ConfidentialityTerms, form: Any, change: bool) -> None:
        today = now().astimezone(ZoneInfo(organisation().time_zone)).date()
        made = publish_terms(text=obj.text, published_on=today)
        obj.pk, obj.version, obj.published_on = made.pk, made.version, made.published_on
