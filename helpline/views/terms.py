"""The terms in force, for the pages that tell them."""

from helpline import queries
from helpline.models import ConfidentialityTerms


def terms_in_force() -> ConfidentialityTerms | None:
    """The newest terms; None before any was published, and then nobody is asked to write."""
    try:
        return queries.current_terms()
    except ConfidentialityTerms.DoesNotExist:
        return None
