"""A missing page, a broken one, and one without its database: what happened, what to do, and never what was asked."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from helpline import organisation
from helpline.models import Organisation
from helpline.public import errors
from tests.helpline.pages.asking import Get


def test_a_missing_page_does_not_repeat_the_address(helpline: Organisation, get: Get) -> None:
    response = get("/a-page-about-something")
    assert response.status_code == 404
    assert "We cannot find this page" in response.content.decode()
    assert "about-something" not in response.content.decode()


def test_a_broken_page_says_whose_fault_it_is_and_offers_the_phone(helpline: Organisation) -> None:
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "It is our fault, not yours." in response.content.decode()
    assert "0800 000 0000" in response.content.decode()


def test_without_its_database_it_still_has_the_way_out_and_the_signposts(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    def away() -> Organisation:
        raise OperationalError

    monkeypatch.setattr(organisation, "organisation", away)
    with django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "<title>Try again later – Information</title>" in html
    assert "Exit this page" in html
    for number in ("tel:999", "tel:111", "tel:116123", "tel:08001111"):
        assert number in html


def test_a_form_that_was_open_too_long_says_so(helpline: Organisation) -> None:
    response = errors.csrf_failure(RequestFactory().post("/desk/"), reason="secret details")
    assert response.status_code == 403
    assert "Nothing was changed." in response.content.decode()
    assert "secret details" not in response.content.decode()
