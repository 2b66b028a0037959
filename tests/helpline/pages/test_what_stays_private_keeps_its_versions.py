"""/confidential: the terms in force, and those that somebody once accepted."""

from datetime import date

import pytest

from helpline.models import ConfidentialityTerms, Organisation
from tests.helpline.pages.asking import Get


@pytest.fixture
def newer(helpline: Organisation) -> None:
    ConfidentialityTerms.objects.create(version=2, text="The newer words.", published_on=date(2026, 11, 20))


@pytest.mark.usefixtures("newer")
def test_the_newest_is_shown(get: Get) -> None:
    html = get("/confidential").content.decode()
    assert "The newer words." in html
    assert "Version 2, 20 November 2026." in html
    assert "older words" not in html


@pytest.mark.usefixtures("newer")
def test_an_older_one_stays_readable_and_says_that_it_is_older(get: Get) -> None:
    html = get("/confidential?version=1").content.decode()
    assert "The first words." in html
    assert "This is an older text, version 1." in html


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize("version", ["3", "0", "-1", "one", "١", "1 ", "9" * 40, "1&version=2x"])
def test_no_other_version_exists(get: Get, version: str) -> None:
    assert get(f"/confidential?version={version}").status_code == 404


@pytest.mark.usefixtures("newer")
def test_the_terms_that_are_accepted_are_those_in_force(get: Get) -> None:
    html = get("/write").content.decode()
    assert 'data-terms="2"' in html
    assert "The newer words." in html
