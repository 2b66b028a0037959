"""The protocol's specification as tests read it."""

from tests.parts.environment import REPOSITORY

PAGES = tuple(sorted((REPOSITORY / "docs" / "protocol").glob("*.md")))


def specification() -> str:
    """All of its pages, one after the other."""
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
