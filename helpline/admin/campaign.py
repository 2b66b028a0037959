"""What a campaign says: its dates, its message, its figures with their sources, and the pages it leads to."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from helpline.admin.base import AdminPage, AdminsOnly, Inline
from helpline.models import Campaign, Figure
from helpline.models import Page as SitePage

if TYPE_CHECKING:
    Form = forms.ModelForm[Campaign]
    Choice = forms.ModelMultipleChoiceField[SitePage]
else:
    Form = forms.ModelForm
    Choice = forms.ModelMultipleChoiceField


class PagesField(Choice):
    """Boxes to tick, each with whom the page is for."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: SitePage) -> str:
        return f"{obj.title} ({obj.get_audience_display()})" + ("" if obj.published else ": not published")


class CampaignForm(Form):
    pages = PagesField(
        # Readers in another language get the page in theirs, where there is one.
        queryset=SitePage.objects.filter(language=settings.LANGUAGE_CODE),
        required=False,
        help_text="Shown on the campaign’s page, grouped by audience.",
    )

    class Meta:
        model = Campaign
        fields = ("name", "starts_on", "ends_on", "message", "pages")
        widgets = {"message": forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"})}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must not come before the first.")
        return given


class Figures(AdminsOnly, Inline):
    model = Figure
    extra = 1


@admin.register(Campaign)
class Campaigns(AdminPage):
    form = CampaignForm
    list_display = ("name", "starts_on", "ends_on", "adverts")
    readonly_fields = ("adverts",)
    fields = ("name", "starts_on", "ends_on", "message", "pages", "adverts")
    inlines = (Figures,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Campaign]:
        rows: QuerySet[Campaign] = super().get_queryset(request)
        return rows.annotate(adverts_count=Count("adverts"))

    @admin.display(description="Adverts", ordering="adverts_count")
    def adverts(self, campaign: Campaign) -> int:
        return int(getattr(campaign, "adverts_count", 0))
