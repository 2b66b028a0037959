"""Markdown to safe HTML: no HTML of the writer's own, no pictures, and links only where they do no harm. PURE.

What markdown-it writes goes through nh3's list of what is allowed, so that a fault in one of them is caught by the other.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

TAGS = {"a", "blockquote", "br", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
DEEPEST = 4
# To another site by https only, to a telephone, or to a place on this site: a path, a page beside this one, or a place on it.
SAFE_LINK = re.compile(r"https://[^\s\\<>\"']+|tel:\+?[0-9]+|/(?![/\\])[^\s\\<>\"']*|[a-z0-9][a-z0-9-]*|#[a-z0-9-]+")
NUMBER = re.compile(r"\+?[0-9][0-9 ()]+")
# {phone} in a text stands for the organisation's own number, so that the same text serves every installation.
PLACE = re.compile(r"\{([a-z_]+)\}")
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
TABLE = ('<div class="scroll" role="group" tabindex="0" aria-label="{label}">\n<table>', "</table>\n</div>")


def is_safe_link(link: str) -> bool:
    """The link leads to https, a telephone, or somewhere on this site."""
    return SAFE_LINK.fullmatch(link) is not None


def render_markdown(text: str, *, values: Mapping[str, str] | None = None, prefix: str = "", table: str = "Table") -> str:
    """HTML whose headings begin at h2 and skip no level.

    `values` are plain words for the {names} in the text; `prefix` (/cy) goes before links to this site's own paths; `table` is what a
    screen reader calls a table that can be scrolled.
    """
    return _rendered(text, tuple(sorted((values or {}).items())), prefix, table)


# A page is read far more often than it is changed, and making it costs some milliseconds. What was changed is another text.
@lru_cache(maxsize=256)
def _rendered(text: str, values: tuple[tuple[str, str], ...], prefix: str, table: str) -> str:
    html = _MARKDOWN.render(_filled(text, dict(values)), {"prefix": prefix})
    # Only real tags look like this: in text and in links the sharp brackets are escaped.
    opening = TABLE[0].format(label=escape(table))
    return _clean(html).replace("<table>", opening).replace("</table>", TABLE[1])


def markdown_problems(text: str, *, names: frozenset[str] | set[str] = frozenset()) -> list[str]:
    """What the writer meant and `render_markdown` would not show, a sentence each, so that nothing goes missing without a word."""
    found = []
    for token in _flat(_LENIENT.parse(PLACE.sub("0", text))):
        if token.type in {"html_block", "html_inline"}:
            found.append(f"Take out the HTML “{token.content.strip()[:40]}”: write Markdown instead.")
        elif token.type == "image":
            found.append("Take out the picture: pages can have only words.")
        elif token.type == "link_open" and not is_safe_link(str(token.attrs.get("href", ""))):
            found.append(f"The link to “{token.attrs.get('href', '')}” must begin with https://, tel: or /.")
        elif token.type in {"fence", "code_block", "code_inline"}:
            found.append(f"Take out the spaces or marks that turn “{token.content.strip()[:40]}” into code.")
    unknown = sorted({name for name in PLACE.findall(text) if name not in names})
    known = ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"
    return [*found, *(f"{{{name}}} is not known. Known are: {known}." for name in unknown)]


def site_links(text: str) -> set[str]:
    """The paths on this site that the text leads to, without what follows ? or #."""
    hrefs = (str(token.attrs.get("href", "")) for token in _flat(_MARKDOWN.parse(text)) if token.type == "link_open")
    return {re.split(r"[?#]", href)[0] for href in hrefs if is_safe_link(href) and not href.startswith(("https:", "tel:", "#"))}


def _filled(text: str, values: Mapping[str, str]) -> str:
    def fill(found: re.Match[str]) -> str:
        value = values.get(found[1])
        if value is None:
            return found[0]
        said = PUNCTUATION.sub(r"\\\1", value)
        return f"[{said}](tel:{re.sub(r'[^0-9+]', '', value)})" if NUMBER.fullmatch(value) else said

    return PLACE.sub(fill, text)


def _attribute(_tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or is_safe_link(value) else None


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=_attribute,
        allowed_classes={"a": {"tel"}},
        set_tag_attribute_values={"th": {"scope": "col"}},
        url_schemes={"https", "tel"},
        link_rel="noreferrer",
    )


def _headings(state: StateCore) -> None:
    """The page's title is its h1: the text begins at h2, and no level is skipped, whatever the writer counted."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    shift = 1 if any(token.tag == "h1" for token in headings) else 0
    previous = level = 1
    for token in headings:
        if token.type == "heading_open":
            level = max(2, min(int(token.tag[1]) + shift, previous + 1, DEEPEST))
            previous = level
        token.tag = f"h{level}"


def _links(state: StateCore) -> None:
    """Telephone links get their look, and links to this site's own paths the language's prefix."""
    prefix = str(state.env.get("prefix", ""))
    for token in _flat(state.tokens):
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            if href.startswith("tel:"):
                token.attrSet("class", "tel")
            elif href.startswith("/"):
                token.attrSet("href", prefix + href)


def _flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *_flat(token.children or []))]


def _parser() -> MarkdownIt:
    parser: Any = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["html_block", "html_inline", "image", "fence", "code", "backticks"])
    parser.validateLink = is_safe_link
    parser.core.ruler.push("headings", _headings)
    parser.core.ruler.push("links", _links)
    return parser  # type: ignore[no-any-return]


def _lenient() -> MarkdownIt:
    parser: Any = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.validateLink = lambda _: True
    return parser  # type: ignore[no-any-return]


_MARKDOWN, _LENIENT = _parser(), _lenient()
