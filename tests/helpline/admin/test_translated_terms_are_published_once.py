"""A translation of the terms is published beside its version, once, and then kept as people accepted it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import ConfidentialityTerms, TranslatedTerms
from helpline.pages.publish_terms import publish_terms

ADD = reverse("admin:helpline_translatedterms_add")


@pytest.fixture
def terms(db: None) -> ConfidentialityTerms:
    return publish_terms(text="What stays private.", published_on=date(2026, 1, 1))


def test_the_newest_version_is_offered_and_its_own_language_is_not(desk: Client, terms: ConfidentialityTerms) -> None:
    form = desk.get(ADD).text
    assert f'<option value="{terms.pk}" selected>' in form
    assert '<option value="cy">' in form
    assert '<option value="en-gb">' not in form
    assert desk.post(ADD, {"terms": terms.pk, "language": "en-gb", "text": "T"}).status_code == 200
    assert not TranslatedTerms.objects.exists()


def test_it_is_published_once_and_stands_beside_its_version(desk: Client, terms: ConfidentialityTerms) -> None:
    assert desk.post(ADD, {"terms": terms.pk, "language": "cy", "text": "Beth sy’n aros yn breifat."}).status_code == 302
    assert "Beth sy’n aros" in desk.get(reverse("admin:helpline_confidentialityterms_change", args=[terms.pk])).text
    again = desk.post(ADD, {"terms": terms.pk, "language": "cy", "text": "Another."})
    assert list(again.context["adminform"].form.errors) == ["language"]
    assert TranslatedTerms.objects.get().text == "Beth sy’n aros yn breifat."


def test_it_cannot_be_changed_or_deleted(desk: Client, terms: ConfidentialityTerms) -> None:
    made = TranslatedTerms.objects.create(terms=terms, language="cy", text="Testun.")
    page = reverse("admin:helpline_translatedterms_change", args=[made.pk])
    assert "Testun." in desk.get(page).text
    assert desk.post(page, {"terms": terms.pk, "language": "cy", "text": "Other."}).status_code == 403
    assert desk.post(reverse("admin:helpline_translatedterms_delete", args=[made.pk]), {"post": "yes"}).status_code == 403
