"""/write and /inbox as the server gives them: the order, and forms that can send nothing anywhere by themselves."""

import re

import pytest

from helpline.models import ConfidentialityTerms, Organisation
from tests.helpline.pages.asking import Get


def test_the_steps_stand_in_their_order(helpline: Organisation, get: Get) -> None:
    html = get("/write").content.decode()
    order = [
        "The first words.",
        "They have two paragraphs.",
        'id="readers"',
        'id="agree"',
        'id="message-form"',
        'id="words"',
        'id="check-form"',
        'id="step-sent"',
    ]
    places = [html.index(mark) for mark in order]
    assert places == sorted(places)


def test_only_the_terms_are_shown_at_first(helpline: Organisation, get: Get) -> None:
    # What a template holds is shown to nobody before the script uses it: the conversation in which someone stays.
    html = re.sub(r"<template.*?</template>", "", get("/write").content.decode(), flags=re.DOTALL)
    sections = dict(re.findall(r'<section id="(step-[a-z]+)"[^>]*?(hidden)?>', html))
    assert sections == {"step-terms": "", "step-message": "hidden", "step-words": "hidden", "step-check": "hidden", "step-sent": "hidden"}
    # Not even the way on is there before the script has checked who would read.
    assert re.search(r'<button[^>]*id="agree" hidden>', html)


@pytest.mark.parametrize("path", ["/write", "/inbox"])
def test_no_form_can_send_what_is_typed(helpline: Organisation, get: Get, path: str) -> None:
    html = get(path).content.decode()
    forms = re.findall(r"<form\b[^>]*>", html)
    assert forms
    assert all('method="dialog"' in form and "action=" not in form and 'autocomplete="off"' in form for form in forms)
    assert html.count('data-part="fields" disabled') == len(forms)
    assert all("disabled" in button for button in re.findall(r'<button[^>]*type="submit"[^>]*>', html))
    assert "csrf" not in html


@pytest.mark.parametrize("path", ["/write", "/inbox"])
def test_what_is_typed_is_kept_from_memories_spelling_services_and_translation(helpline: Organisation, get: Get, path: str) -> None:
    typed = re.findall(r'<(?:textarea|input type="text")[^>]*>', get(path).content.decode())
    assert typed
    for field in typed:
        for keeper in ("data-lpignore", "data-1p-ignore", "data-bwignore", "data-protonpass-ignore"):
            assert f'{keeper}="true"' in field
        for attribute in ('autocomplete="off"', 'spellcheck="false"', 'translate="no"', 'autocapitalize="', 'writingsuggestions="false"'):
            assert attribute in field


@pytest.mark.parametrize("path", ["/write", "/inbox"])
def test_the_page_says_no_key_and_no_clock_and_loads_what_does(helpline: Organisation, get: Get, path: str) -> None:
    html = get(path).content.decode()
    found = re.search(r"<html[^>]*>", html)
    assert found
    assert re.findall(r" (data-[a-z-]+)=", found[0]) == ["data-origin", "data-phone", "data-zone"]
    assert "application/json" not in html
    # The root's key comes before what imports it: fetched under the hash that the page names.
    assert html.index("/static/client/installation.js") < html.index("/static/client/person-")


@pytest.mark.parametrize("path", ["/", "/confidential", "/leaving"])
def test_no_other_page_loads_the_cryptography_or_says_which_key(helpline: Organisation, get: Get, path: str) -> None:
    html = get(path).content.decode()
    assert "person-" not in html
    assert "installation.js" not in html


def test_nobody_is_asked_to_write_before_there_are_terms(helpline: Organisation, get: Get) -> None:
    ConfidentialityTerms.objects.all().delete()
    html = get("/write").content.decode()
    assert "We cannot take messages yet" in html
    assert "<form" not in html
    assert get("/confidential").status_code == 200
