"""An admin describes a campaign: its dates in order, pages to tick, figures each with source and date, and how many adverts it has."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import Advert, Campaign, Page

pytestmark = pytest.mark.django_db
ADD = reverse("admin:helpline_campaign_add")
FILLED = {"name": "A campaign", "starts_on": "2026-11-16", "ends_on": "2026-12-13", "message": "Its message."}
NO_FIGURES = {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}


def make(slug: str, **fields: Any) -> Page:
    return Page.objects.create(slug=slug, kind="way-in", audience="self", title=slug.title(), summary="S", body="B", **fields)


def test_pages_are_ticked_and_figures_have_their_source(desk: Client) -> None:
    page, _, _ = make("me", published=True), make("draft"), make("welsh", language="cy")
    form = desk.get(ADD).text
    assert "Me (Worried about my own thoughts or behaviour)" in form
    assert "Draft (Worried about my own thoughts or behaviour): not published" in form
    assert "Welsh (" not in form
    figure = {"figures-TOTAL_FORMS": "1", "figures-INITIAL_FORMS": "0", "figures-0-statement": "One in two.", "figures-0-position": "0"}
    sourceless = desk.post(ADD, {**FILLED, **figure, "pages": [page.pk]})
    assert set(sourceless.context["inline_admin_formsets"][0].formset.errors[0]) == {"source", "dated"}
    figure |= {"figures-0-source": "A report", "figures-0-dated": "May 2026"}
    assert desk.post(ADD, {**FILLED, **figure, "pages": [page.pk]}).status_code == 302
    campaign = Campaign.objects.get()
    assert list(campaign.pages.all()) == [page]
    assert campaign.figures.get().source == "A report"


def test_a_campaign_that_runs_backwards_is_refused_beside_its_last_day(desk: Client) -> None:
    response = desk.post(ADD, {**FILLED, **NO_FIGURES, "ends_on": "2026-11-15"})
    assert dict(response.context["adminform"].form.errors) == {"ends_on": ["The last day must not come before the first."]}


def test_its_adverts_are_counted(desk: Client) -> None:
    campaign = Campaign.objects.create(name="A campaign", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1), message="")
    for code in ("abc", "abd"):
        Advert.objects.create(campaign=campaign, kind="billboard", name=code, code=code, headline="H", line="L")
    assert '<td class="field-adverts">2</td>' in desk.get(reverse("admin:helpline_campaign_changelist")).text
    assert "Adverts:" in desk.get(reverse("admin:helpline_campaign_change", args=[campaign.pk])).text
