"""What people must be able to read before the site is ready for them: `manage.py check --deploy --database default` asks for it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004 - as Django calls it
from django.db import DatabaseError, connections

TERMS_TABLE, ABOUT_TABLE = "helpline_confidentialityterms", "helpline_aboutus"


def _warning(number: int, sentence: str) -> Warning:
    return Warning(sentence, id=f"helpline.W{number:03}")


def check_terms(*, databases: Sequence[str] | None = None, **_: Any) -> Iterator[CheckMessage]:
    """Only when a database is asked: `check --deploy --database default`."""
    from helpline.models import ConfidentialityTerms

    try:
        # A first start has no tables yet (`prepare` makes them): asked for all the same, Postgres would log an error.
        there = bool(databases) and TERMS_TABLE in connections["default"].introspection.table_names()
        missing = there and not ConfidentialityTerms.objects.exists()
    except DatabaseError:
        return  # It is away: `check_clocks` says so.
    if missing:
        yield _warning(5, "No confidentiality terms are published: until an admin publishes them under “Rota and pages”, nobody can write.")


def check_about_us(*, databases: Sequence[str] | None = None, **_: Any) -> Iterator[CheckMessage]:
    """Only when a database is asked, and once it has its tables: `check --deploy --database default`."""
    from helpline.organisation import organisation
    from helpline.pages.about import about_us, unsaid_about_us

    try:
        there = bool(databases) and ABOUT_TABLE in connections["default"].introspection.table_names()
        unsaid = unsaid_about_us(about_us(), organisation()) if there else []
    except DatabaseError:
        return  # It is away: `check_clocks` says so.
    if unsaid:
        yield _warning(
            11,
            f"The site is not ready for people: it does not say {', '.join(unsaid)}. An admin fills in “About us” and “Organisation” under "
            "“Rota and pages”.",
        )
