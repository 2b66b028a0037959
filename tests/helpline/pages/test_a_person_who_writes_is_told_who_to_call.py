"""Above every box in which a person writes stands whom to call in danger, in each language; crisis does not wait for an answer."""

import re

import pytest
from django.conf import settings

from tests.helpline.pages.asking import Get

BOX = re.compile(r"<textarea[^>]*name=\"text\"")
LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.mark.usefixtures("helpline")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/write", "/inbox"])
def test_both_numbers_stand_above_the_box(get: Get, path: str, language: str) -> None:
    html = get(path if language == settings.LANGUAGE_CODE else f"/{language}{path}").text
    boxes = [match.start() for match in BOX.finditer(html)]
    assert boxes
    for box in boxes:
        form = html[html.rindex("<form", 0, box) : box]
        lines = form[form.index('class="danger"') :]
        assert lines.index('href="tel:999"') < lines.index('href="tel:116123"')


@pytest.mark.usefixtures("helpline")
def test_no_page_has_a_box_of_another_kind(get: Get) -> None:
    """The words' own field aside, and one that can only be copied from: a new box must stand in the composer, which has the lines."""
    for path in ("/", "/when", "/read", "/write", "/inbox", "/kept", "/confidential", "/leaving", "/campaign"):
        html = get(path).text
        fields = set(re.findall(r"<textarea(?![^>]* readonly)[^>]*id=\"([^\"]+)\"", html))
        assert fields <= {"message-text", "answer-text", "draft-text", "open-words"}, path
