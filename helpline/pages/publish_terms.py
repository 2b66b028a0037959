"""Publishes a new version of the confidentiality terms, and translations of it."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from helpline.models import ConfidentialityTerms, TranslatedTerms


def publish_terms(*, text: str, published_on: date, summary: str = "") -> ConfidentialityTerms:
    """Adds the next version; the earlier ones stay, for the people who accepted them."""
    with transaction.atomic():
        newest = ConfidentialityTerms.objects.aggregate(newest=Max("version"))["newest"] or 0
        return ConfidentialityTerms.objects.create(version=newest + 1, text=text, summary=summary, published_on=published_on)


def publish_translation(*, terms: ConfidentialityTerms, language: str, text: str, summary: str = "") -> TranslatedTerms:
    """Adds the version's text in another language, once.

    Raises:
        django.db.IntegrityError: it is published in this language already.
    """
    return TranslatedTerms.objects.create(terms=terms, language=language, text=text, summary=summary)
