"""The content that an installation begins with, as its files have it, and Markdown as the plain sentences that a reader hears."""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from helpline.pages import front_matter
from helpline.pages.import_content import CONTENT, KEYS

MARKDOWN = MarkdownIt("commonmark")
ENDS = (".", "!", "?", "…", ":")


@dataclass(frozen=True)
class Written:
    """One content file."""

    slug: str
    head: dict[str, str]
    body: str

    @property
    def text(self) -> str:
        """Everything on the page that is read, in sentences."""
        return sentences(f"# {self.head['title']}\n\n{self.head['summary']}\n\n{self.body}")


def written_pages() -> list[Written]:
    """All of the English ones, in the order of their names."""
    return [
        Written(path.stem, *front_matter.parse_front_matter(path.read_text("utf-8"), KEYS))
        for path in sorted((CONTENT / "en").glob("*.md"))
    ]


def sentences(markdown: str) -> str:
    """Words alone, each heading, item and paragraph a line that ends like a sentence.

    Without that, textstat would read a heading, a list and what follows as one endless sentence; and with the marks of Markdown, the
    addresses of links would be long words.
    """
    lines = []
    for token in MARKDOWN.parse(markdown):
        if token.type == "inline":
            line = "".join(map(_said, token.children or [])).strip()
            lines.append(line if line.rstrip("”)").endswith(ENDS) else f"{line}.")
    return "\n".join(lines)


def links(markdown: str) -> list[tuple[str, str]]:
    """(where it leads, what it says) of every link."""
    found: list[tuple[str, str]] = []
    for token in MARKDOWN.parse(markdown):
        inside = False
        for child in token.children or []:
            if child.type == "link_open":
                found.append((str(child.attrs["href"]), ""))
                inside = True
            elif child.type == "link_close":
                inside = False
            elif inside:
                found[-1] = (found[-1][0], found[-1][1] + child.content)
    return found


def _said(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    # textstat drops a typographic apostrophe and a hyphen, and then takes "don’t" and "under-18" for words that nobody knows.
    return re.sub(r"(?<=\w)-(?=\w)", " ", token.content.replace("’", "'"))
