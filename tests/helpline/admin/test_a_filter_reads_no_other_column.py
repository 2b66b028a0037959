"""The admin's lists answer the filters that they show, and no question about a column that they do not."""

import pytest
from django.contrib import admin as admins_pages
from django.test import Client

from helpline.models import Account
from tests.parts.examples import by_night

pytestmark = pytest.mark.django_db
ASKED = [
    "email__exact=ada@helpline.example&password__startswith=scrypt",
    "password__startswith=scrypt",
    "password__contains=a",
    "last_login__gte=2020-01-01",
    "is_active__exact=1&password__gt=a",
    "role__regex=(",
    "role__contains=%00",
]


# By day the first two.
LOOKUPS = ("regex=(", "exact=%00", "contains=%00", "year=99999999999999", "gte=99999999999999999999", "in=x")


@pytest.mark.parametrize("query", ASKED)
def test_no_question_about_what_is_not_shown_is_answered(desk: Client, query: str) -> None:
    assert desk.get(f"/desk/admin/helpline/account/?{query}").status_code == 400


def test_the_filters_that_are_shown_are_answered(desk: Client, admin: Account) -> None:
    page = desk.get("/desk/admin/helpline/account/?role__exact=admin&is_active__exact=1")
    assert page.status_code == 200
    assert admin.email in page.content.decode()


@pytest.mark.parametrize("model", list(admins_pages.site._registry), ids=lambda model: model._meta.model_name)
def test_no_list_breaks_over_a_lookup_that_no_value_fits(desk: Client, model: type) -> None:
    path = f"/desk/admin/{model._meta.app_label}/{model._meta.model_name}/"  # type: ignore[attr-defined]
    names = [field.name for field in model._meta.concrete_fields]  # type: ignore[attr-defined]
    for name in names:
        for how in LOOKUPS if by_night() else LOOKUPS[:2]:
            assert desk.get(f"{path}?{name}__{how}").status_code in {200, 302, 400, 403, 404}, (name, how)
