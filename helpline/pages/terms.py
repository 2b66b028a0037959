"""The confidentiality terms: the newest, an earlier version, and as a page in a given language tells them."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation

from helpline.models import ConfidentialityTerms, TranslatedTerms

OF_TERMS = tuple(field.attname for field in ConfidentialityTerms._meta.concrete_fields)  # noqa: SLF001 - documented


@dataclass(frozen=True)
class TermsText:
    """One version of the terms as a page tells it. What a person accepts is the version, and its `original` text is what counts."""

    version: int
    published_on: date
    text: str
    translated: bool
    summary: tuple[str, ...]
    original: str
    original_summary: tuple[str, ...]


def terms_in_force() -> ConfidentialityTerms | None:
    """The newest terms; None before any was published, and then nobody is asked to write."""
    try:
        return current_terms()
    except ConfidentialityTerms.DoesNotExist:
        return None


def terms_text(terms: ConfidentialityTerms | None) -> TermsText | None:
    """The terms in the page's language; in the first one, which counts, where nobody has translated this version."""
    if terms is None:
        return None
    language = translation.get_language() or settings.LANGUAGE_CODE
    translated = None if language == settings.LANGUAGE_CODE else translated_terms(terms, language)
    told = translated or terms
    return TermsText(
        terms.version, terms.published_on, told.text, translated is not None, _lines(told.summary), terms.text, _lines(terms.summary)
    )


def _lines(summary: str) -> tuple[str, ...]:
    return tuple(line for each in summary.splitlines() if (line := each.strip()))


def current_terms() -> ConfidentialityTerms:
    """The newest version of the terms.

    Raises:
        ConfidentialityTerms.DoesNotExist: none was ever published, so nobody may be asked to accept any.
    """
    newest = ConfidentialityTerms.objects.order_by("-version").first()
    if newest is None:
        raise ConfidentialityTerms.DoesNotExist
    return newest


def terms_version(version: int) -> ConfidentialityTerms | None:
    """The terms of that version, or None: what someone once accepted stays readable."""
    return ConfidentialityTerms.objects.filter(version=version).first()


def translated_terms(terms: ConfidentialityTerms, language: str) -> TranslatedTerms | None:
    """The same version in another language, or None where nobody has translated it."""
    return TranslatedTerms.objects.filter(terms=terms, language=language).first()
