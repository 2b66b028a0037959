"""What admins write becomes what a page needs: headings in order, telephone links, tables that fit, links in the reader's language."""

import pytest

from helpline.pages.markdown import markdown_problems, render_markdown, site_links


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("## One\n\n### Two\n\n## Three", ["h2", "h3", "h2"]),
        ("# One\n\n## Two\n\n# Three", ["h2", "h3", "h2"]),
        ("## One\n\n##### Two", ["h2", "h3"]),
        ("##### One\n\n###### Two", ["h2", "h3"]),
        ("One\n===\n\nTwo\n---", ["h2", "h3"]),
    ],
)
def test_headings_begin_below_the_title_and_skip_no_level(written: str, tags: list[str]) -> None:
    html = render_markdown(written)
    assert [part[:2] for part in html.split("<")[1:] if part.startswith("h")] == tags


def test_a_number_is_a_link_that_can_be_seen_to_be_one() -> None:
    assert render_markdown("[116 123](tel:116123)") == '<p><a href="tel:116123" class="tel" rel="noreferrer">116 123</a></p>\n'


def test_the_organisations_own_numbers_and_name_stand_where_the_text_names_them() -> None:
    values = {"phone": "0808 1000 900", "organisation": "Stop *It*"}
    html = render_markdown("{organisation}: {phone}. {unknown}", values=values)
    assert html == '<p>Stop *It*: <a href="tel:08081000900" class="tel" rel="noreferrer">0808 1000 900</a>. {unknown}</p>\n'


def test_links_to_this_site_stay_in_the_readers_language() -> None:
    html = render_markdown("[a](/read/first) [b](first) [c](https://example.org/)", prefix="/cy")
    assert [part.split('"')[1] for part in html.split("<a ")[1:]] == ["/cy/read/first", "first", "https://example.org/"]


def test_a_table_can_be_moved_with_the_keyboard_and_names_its_columns() -> None:
    html = render_markdown("| When | What |\n|:--|--:|\n| Today | Walk |", table="Tabl")
    assert html.startswith('<div class="scroll" role="group" tabindex="0" aria-label="Tabl">\n<table>')
    assert '<th scope="col">When</th>' in html
    assert "style=" not in html


def test_html_is_shown_as_it_was_typed() -> None:
    assert render_markdown("<b>bold</b>") == "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<b>bold</b> text", "Take out the HTML “<b>”"),
        ("<div>\nblock\n</div>", "Take out the HTML “<div>"),
        ("![a picture](/a.png)", "Take out the picture"),
        ("[x](http://example.org)", "The link to “http://example.org” must begin with https://, tel: or /."),
        ("[x](javascript:alert)", "The link to “javascript:alert”"),
        ("    indented", "Take out the spaces or marks that turn “indented” into code"),
        ("Call {fone}.", "{fone} is not known. Known are: {phone}."),
    ],
)
def test_what_would_go_missing_is_said(written: str, said: str) -> None:
    assert any(sentence.startswith(said) for sentence in markdown_problems(written, names={"phone"}))


def test_good_text_has_no_problems() -> None:
    assert markdown_problems("## A\n\n**b** [c](/d) [e](tel:999) {phone}\n\n| a | b |\n|-|-|\n| 1 | 2 |", names={"phone"}) == []


def test_the_links_within_the_site_can_be_listed() -> None:
    assert site_links("[a](/read/first?x#y) [b](second) [c](https://example.org/) [d](tel:999) [e](#there)") == {"/read/first", "second"}
