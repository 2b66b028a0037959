"""The terms in force, for the pages that tell them, in the page's language where they are translated."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation

from helpline import queries
from helpline.models import ConfidentialityTerms


@dataclass(frozen=True)
class Told:
    """One version of the terms as a page tells it. What a person accepts is the version, whatever the language."""

    version: int
    published_on: date
    text: str
    translated: bool


def terms_in_force() -> ConfidentialityTerms | None:
    """The newest terms; None before any was published, and then nobody is asked to write."""
    try:
        return queries.current_terms()
    except ConfidentialityTerms.DoesNotExist:
        return None


def told(terms: ConfidentialityTerms | None) -> Told | None:
    """The terms in the page's language; in the first one, which counts, where nobody has translated this version."""
    if terms is None:
        return None
    language = translation.get_language() or settings.LANGUAGE_CODE
    translated = None if language == settings.LANGUAGE_CODE else queries.translated_terms(terms, language)
    return Told(terms.version, terms.published_on, translated or terms.text, translated is not None)
