"""The desk's Help: every chapter of docs/handbook, whole but for its pictures, for everybody on the staff."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from helpline.pages.markdown import markdown_problems
from helpline.staff.help_views import CHAPTERS, help_chapter
from tests.parts.environment import REPOSITORY
from tests.world.signing_in import sign_in
from tests.world.staff import People

FILES = {path.stem.replace("README", "") for path in (REPOSITORY / "docs" / "handbook").glob("*.md")}


def test_every_chapter_is_there_and_every_file_is_a_chapter() -> None:
    assert CHAPTERS.keys() == FILES


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_nothing_but_a_picture_is_left_out(chapter: str) -> None:
    """What the public pages' Markdown would not show is told by `markdown_problems`."""
    text = help_chapter(chapter)
    assert len(text) > 400
    assert markdown_problems(text) == []
    assert "![" not in text
    assert ".md)" not in text


def test_whoever_works_here_reads_it(people: People) -> None:
    client = sign_in(people.ailsa)
    shown = client.get(reverse("desk:help")).content.decode()
    for chapter, title in CHAPTERS.items():
        if chapter:
            assert re.search(rf'<a href="{reverse("desk:help-chapter", args=[chapter])}"[^>]*>{title}</a>', shown)
            page = client.get(reverse("desk:help-chapter", args=[chapter])).content.decode()
            assert f">{title}</h1>" in page
            assert "<h2>" in page
    assert f'<a href="{reverse("desk:help")}">Help</a>' in client.get(reverse("desk:keys")).content.decode()
    assert client.get(reverse("desk:help-chapter", args=["settings"])).status_code == 404


def test_nobody_else_does(people: People) -> None:
    assert Client().get(reverse("desk:help")).status_code == 302
