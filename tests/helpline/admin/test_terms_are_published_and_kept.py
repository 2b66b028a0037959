"""A version of the confidentiality terms that somebody may have accepted is never changed and never lost."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import ConfidentialityTerms
from helpline.pages.publish_terms import publish_terms
from helpline.pages.terms import current_terms

ADD = reverse("admin:helpline_confidentialityterms_add")


def test_each_publication_is_the_next_version(desk: Client) -> None:
    for text in ("One.", "Two."):
        assert desk.post(ADD, {"text": text}).status_code == 302
    assert list(ConfidentialityTerms.objects.values_list("version", "text")) == [(2, "Two."), (1, "One.")]
    assert current_terms().text == "Two."


def test_a_published_version_cannot_be_changed_or_deleted(desk: Client) -> None:
    terms = publish_terms(text="What people accepted.", published_on=date(2026, 1, 1))
    page = reverse("admin:helpline_confidentialityterms_change", args=[terms.pk])
    assert "What people accepted." in desk.get(page).text
    assert desk.post(page, {"text": "Something else."}).status_code == 403
    assert desk.post(reverse("admin:helpline_confidentialityterms_delete", args=[terms.pk]), {"post": "yes"}).status_code == 403
    assert current_terms().text == "What people accepted."


@pytest.mark.django_db
def test_before_any_were_published_there_are_none_to_accept() -> None:
    with pytest.raises(ConfidentialityTerms.DoesNotExist):
        current_terms()
