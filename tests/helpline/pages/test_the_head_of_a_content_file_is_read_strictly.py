"""A content file's head says each thing once and nothing else; what is wrong is named with its line."""

import pytest

from helpline.pages.front_matter import BadFrontMatter, parse_front_matter

KEYS = ("title", "kind")


def test_a_good_file_gives_its_values_and_its_text() -> None:
    text = "\N{BYTE ORDER MARK}---\r\ntitle: What: a title\r\nkind:  about \r\n---\r\n\r\nFirst.\r\n\r\n---\r\n\r\nSecond.\r\n\r\n"
    assert parse_front_matter(text, KEYS) == ({"title": "What: a title", "kind": "about"}, "First.\n\n---\n\nSecond.\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the file must begin"),
        ("title: a\n---\nText", "line 1: the file must begin"),
        ("---\ntitle: a\nkind: b\ncolour: red\n---\nText", "line 4: “colour” is not known. Known names are: title, kind."),
        ("---\ntitle: a\ntitle: b\nkind: c\n---\nText", "line 3: “title” is already there."),
        ("---\ntitle: a\n---\nText", "the head is missing kind."),
        ("---\ntitle:\nkind: a\n---\nText", "line 2: write “name: value”."),
        ("---\njust words\n---\nText", "line 2: write “name: value”."),
        ("---\ntitle: a\nkind: b\nText: here", "line 4: “Text” is not known."),
        ("---\ntitle: a\nkind: b", "the head does not end"),
        ("---\ntitle: a\nkind: b\n---\n\n  \n", "there is no text below the head."),
    ],
)
def test_a_fault_is_named(text: str, said: str) -> None:
    with pytest.raises(BadFrontMatter) as refused:
        parse_front_matter(text, KEYS)
    assert str(refused.value).startswith(said)
