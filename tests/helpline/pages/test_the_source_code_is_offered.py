"""Whoever uses the site is told where the programme that runs it can be read, as its licence has it."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "words"), [("/leaving", "Source code"), ("/cy/leaving", "Cod ffynhonnell"), ("/pl/leaving", "Kod źródłowy")]
)
def test_where_the_installation_says_so_it_is_linked(client: Client, settings: Settings, address: str, words: str) -> None:
    settings.SOURCE = "https://code.example/helpline"
    page = client.get(address).content.decode()
    assert f'<a href="https://code.example/helpline" rel="noreferrer">{words}</a>' in page
    assert "THREATS.md" in page
    settings.SOURCE = ""
    assert words not in client.get(address).content.decode()
