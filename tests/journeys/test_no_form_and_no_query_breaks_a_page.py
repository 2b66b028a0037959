"""Whatever anybody writes into any form or query of the site: it is never a failure of the server."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import strategies as some

from helpline.models import Account
from tests.parts.crawl import Form, Seen, walk
from tests.parts.examples import examples
from tests.parts.site import fill_site
from tests.world.signing_in import sign_in
from tests.world.staff import People

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
ODD = ["", "0", "-1", "1", "99999999999999999999", "1e9", "NaN", "٣", "\x00", "'", "<b>", "../..", "on", "%00", "messages"]
ODD += ["2026-02-30", "0001-01-01", "9999-12-31", "2026-11-24", "24/11/2026", "2026-W48", "23:59", "24:00", "25:00"]
ODD += ["🦆" * 300, "a" * 5_000, "http://example.com/"]
values = some.sampled_from(ODD) | some.text(max_size=40)
# Between two windows of Django's own admin; it logs whoever writes into it as an attack, and answers 400.
DJANGOS = {"_to_field", "_popup"}
FORMS = {"person": 9, "counsellor": 5, "lead": 8, "admin": 20}
Case = tuple[str, dict[str, Any], str]


def of_form(form: Form) -> some.SearchStrategy[Case]:
    """The form as it stands, with some fields written in, left out, or filled with what may be chosen."""
    fields = {name: some.sampled_from(given) | values if given else values for name, given in form.fields.items() if name not in DJANGOS}
    return some.tuples(some.just(form.address), some.fixed_dictionaries({}, optional=fields), some.just(form.method))


def of_query(path: str, names: set[str]) -> some.SearchStrategy[Case]:
    """The page's own names in the query, and others."""
    names = names - DJANGOS
    name = some.sampled_from(sorted(names)) | some.text(max_size=8) if names else some.text(max_size=8)
    return some.tuples(some.just(path), some.dictionaries(name, values, max_size=4), some.just("get"))


def cases(seen: Seen) -> some.SearchStrategy[Case]:
    forms = [of_form(form) for form in seen.forms.values()]
    queries = [of_query(path.partition("?")[0], seen.queries.get(path.partition("?")[0], set())) for path in seen.paths]
    return some.one_of(some.one_of(*forms), some.one_of(*queries)) if forms else some.one_of(*queries)


@pytest.fixture
def everything(people: People) -> People:
    fill_site()
    return people


def client_of(people: People, role: str) -> Client:
    if role == "person":
        return Client()
    if role == "lead":
        Account.objects.filter(pk=people.bhavna.account.pk).update(role=Account.Role.LEAD)
    return sign_in({"counsellor": people.ailsa, "lead": people.bhavna, "admin": people.admin}[role])


@pytest.mark.parametrize("role", FORMS)
def test_no_form_and_no_query_breaks_a_page(everything: People, role: str) -> None:
    client = client_of(everything, role)
    seen = walk(client, "/" if role == "person" else "/desk/")
    assert len(seen.paths) > 15
    assert len(seen.forms) >= FORMS[role]
    session = dict(client.cookies)

    @examples(suppress_health_check=list(HealthCheck))
    @given(case=cases(seen))
    def never_fails(case: Case) -> None:
        address, fields, method = case
        client.cookies.clear()
        for name, cookie in session.items():
            client.cookies[name] = cookie.value
        with transaction.atomic():
            answer = client.get(address, fields) if method == "get" else client.post(address, fields)
            assert answer.status_code < 500, case
            transaction.set_rollback(True)

    never_fails()
