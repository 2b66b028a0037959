"""While somebody who left had the newest key, the desk asks leads and key-holders for a new epoch on every page, in one query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.models import Account
from messaging.keys.readers import readers_who_left, readers_who_left_for
from messaging.keys.vaults import forget_vault
from messaging.members.offboard import offboard
from tests.world.desk import NOON, Desk, open_helpline
from tests.world.person import AtDesk

pytestmark = pytest.mark.django_db
OWED = "a new epoch is needed"


@pytest.fixture
def desk() -> Desk:
    """Moira is the key-holder, Lena leads; Nora is neither, and Callum will be gone."""
    desk = open_helpline("Moira", "Callum", "Nora", "Lena")
    Account.objects.filter(name="Lena").update(role="lead")
    return desk


def account(name: str) -> Account:
    return Account.objects.get(name=name)


def told(desk: Desk) -> set[str]:
    Account.objects.get_or_create(email="ada@example.org", defaults={"name": "Ada", "role": "admin"})
    return {name for name in ("Moira", "Nora", "Lena", "Ada") if readers_who_left_for(account(name), at=NOON)}


def test_leads_and_key_holders_are_told_until_it_is_open(desk: Desk) -> None:
    assert told(desk) == set()
    offboard(account("Callum"), at=NOON)
    assert told(desk) == {"Moira", "Lena"}
    assert readers_who_left_for(account("Lena"), at=NOON) == readers_who_left(at=NOON) == ["Callum"]
    desk.open_epoch(names=["Moira", "Nora", "Lena"])
    assert told(desk) == set()


def test_a_withdrawn_certificate_asks_for_it_too(desk: Desk) -> None:
    forget_vault(desk.members["Callum"], at=NOON, sure=True)
    assert told(desk) == {"Moira", "Lena"}
    # Who was withdrawn may not open one.
    forget_vault(desk.members["Moira"], at=NOON, sure=True)
    assert told(desk) == {"Lena"}
    assert readers_who_left_for(account("Lena"), at=NOON) == ["Callum", "Moira"]


def test_who_was_never_on_the_newest_roster_asks_for_nothing(desk: Desk) -> None:
    desk.open_epoch(names=["Moira", "Nora", "Lena"])
    offboard(account("Callum"), at=NOON)
    assert told(desk) == set()


def test_it_is_one_query_and_none_for_an_admin(desk: Desk) -> None:
    offboard(account("Callum"), at=NOON)
    told(desk)
    costs = {}
    for name in ("Moira", "Nora", "Lena", "Ada"):
        who = account(name)
        with CaptureQueriesContext(connection) as asked:
            readers_who_left_for(who, at=NOON)
        costs[name] = len(asked)
    assert costs == {"Moira": 1, "Nora": 1, "Lena": 1, "Ada": 0}


def test_the_navigation_says_it_on_the_way_to_the_keys(desk: Desk) -> None:
    for name in ("Moira", "Lena", "Nora"):
        assert OWED not in page(desk, name)
    offboard(account("Callum"), at=NOON)
    assert [OWED in page(desk, name) for name in ("Moira", "Lena", "Nora")] == [True, True, False]


def page(desk: Desk, name: str) -> str:
    return AtDesk(desk, name).client.get("/desk/rota/").content.decode()


def test_a_public_page_asks_nothing_of_it(desk: Desk) -> None:
    offboard(account("Callum"), at=NOON)
    client = AtDesk(desk, "Lena").client
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/when")
    assert OWED not in answer.content.decode()
    assert not [query for query in asked if "statement" in query["sql"] or "session" in query["sql"]]
