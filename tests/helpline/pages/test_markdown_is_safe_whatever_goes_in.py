"""Whatever an admin pastes, no script, style, handler, picture, frame or dangerous link comes out."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.pages.markdown import render_markdown

PLAIN = ("blockquote", "br", "em", "h2", "h3", "h4", "hr", "li", "p", "strong", "table", "tbody", "td", "thead", "tr", "ul")
ALLOWED = {
    "a": {"href", "class", "rel"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "ol": {"start"},
    "th": {"scope"},
    **{tag: set() for tag in PLAIN},
}
# What a browser makes of a link's beginning: it drops tabs, line ends and other controls, and takes \ for /.
HARMLESS = re.compile(r"(https://|tel:\+?[0-9]+$|/(?!/)|[a-z0-9#][a-z0-9-]*$)")


class Tags(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.seen.append(("!--", {}))

    def handle_decl(self, decl: str) -> None:
        self.seen.append(("!", {}))

    def handle_pi(self, data: str) -> None:
        self.seen.append(("?", {}))


def as_a_browser_reads(link: str) -> str:
    return re.sub(r"[\x00-\x20\x7f]", "", link).replace("\\", "/")


def assert_harmless(html: str) -> None:
    for tag, attributes in Tags(html).seen:
        assert tag in ALLOWED, html
        assert set(attributes) <= ALLOWED[tag], html
        if tag == "a":
            assert attributes["rel"] == "noreferrer"
            assert attributes.get("class", "tel") == "tel"
            if "href" in attributes:
                assert HARMLESS.match(as_a_browser_reads(attributes["href"] or "")), html


SCHEMES = [
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    "data:text/html,",
    "vbscript:",
    "http://",
    "//",
    "/\\",
    "\\\\",
    "file:///",
    "tel:",
]
PIECES = [
    *SCHEMES,
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<style>*{background:url(//a.example)}</style>",
    "<p style='x' onclick=y>",
    "<a href='javascript:alert(1)'>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?php",
    "</p>",
    "<table>",
    "</table>",
    "&lt;script&gt;",
    "&#106;avascript:",
    "![a](b)",
    "![a][r]",
    "[r]: javascript:alert(1)",
    "[x](",
    "[x](<",
    ")",
    ">)",
    "[",
    "]",
    "(",
    '"',
    "'",
    "`",
    "```",
    "|",
    "\n|-|\n",
    "\n",
    "\n\n",
    "    ",
    "# ",
    "* ",
    "> ",
    "{phone}",
    "{organisation}",
    "\x00",
    "\u2028",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=25).map("".join)


@given(TEXTS)
def test_no_text_makes_anything_that_runs_or_loads(text: str) -> None:
    assert_harmless(render_markdown(text, values={"phone": "0800 000 0000"}, prefix="/cy"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_neither_does_an_organisations_name_nor_a_label(name: str, label: str) -> None:
    assert_harmless(
        render_markdown("{organisation}\n\n[x]({organisation})\n\n| a |\n|-|\n| b |", values={"organisation": name}, table=label)
    )


@given(st.sampled_from(SCHEMES), st.text(max_size=20))
def test_a_link_elsewhere_leads_nowhere(scheme: str, rest: str) -> None:
    for text in (f"[x]({scheme}{rest})", f"[x](<{scheme}{rest}>)", f"<{scheme}{rest}>", f"[x][r]\n\n[r]: {scheme}{rest}"):
        assert_harmless(render_markdown(text))


@pytest.mark.parametrize("piece", PIECES)
def test_each_known_trick_alone_is_shown_as_words_or_dropped(piece: str) -> None:
    assert_harmless(render_markdown(piece))
    assert_harmless(render_markdown(f"Before {piece} after"))
