"""A world that a test finds put back is the one that an earlier test built; where it could not be the same, it is built again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from helpline.models import Account
from messaging.models import DeskMember
from tests.world import again
from tests.world.desk import NOON, open_helpline
from tests.world.person import all_rows
from tests.world.staff import gather

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "KEPT", {})


def rows_of(build: Any, **named: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that it leaves; then the database is as before."""
    point = transaction.savepoint_create()
    build(**named)
    rows = all_rows()
    transaction.savepoint_rollback(point)
    return rows


def test_every_row_is_the_same_and_its_keys_open_the_desk() -> None:
    built = rows_of(open_helpline)
    with CaptureQueriesContext(connection) as asked:
        desk = open_helpline()
    assert len(asked) < 10
    assert all_rows() == built
    assert list(DeskMember.objects.order_by("pk")) == list(desk.members.values())
    assert (list(desk.unlocked("Callum").seeds), desk.unlocked("Callum").troubles) == ([1], [])


def test_what_a_test_does_to_it_is_gone_for_the_next() -> None:
    built = rows_of(open_helpline)
    point = transaction.savepoint_create()
    desk = open_helpline()
    desk.members.pop("Moira").counsellor.account.name = "Mairi"
    transaction.savepoint_rollback(point)
    assert open_helpline().members["Moira"].counsellor.account.name == "Moira"
    assert all_rows() == built


def test_its_times_keep_their_distance_to_the_instant() -> None:
    """On one day: what is signed names the day."""
    shift = again.built_once("an hour ago", lambda: NOON - timedelta(hours=1), at=NOON)
    assert again.built_once("an hour ago", lambda: NOON, at=NOON + timedelta(minutes=7)) == shift + timedelta(minutes=7)
    assert again.built_once("an hour ago", lambda: NOON, at=NOON + timedelta(days=1)) == NOON
    built, put_back = (rows_of(gather)["Shift"] for _ in range(2))
    for before, after in zip(built, put_back, strict=True):
        assert after[3] - before[3] == after[4] - before[4] > timedelta()
        assert after[4] - after[3] == timedelta(hours=4)


def test_it_is_built_again_under_another_storage_key_and_beside_rows_in_its_way(settings: Settings) -> None:
    rows_of(open_helpline)
    point = transaction.savepoint_create()
    Account.objects.create(email="alex@example.org", name="Alex")
    assert list(open_helpline().members.values()) == list(DeskMember.objects.order_by("pk"))
    assert sorted(Account.objects.values_list("name", flat=True)) == ["Alex", "Callum", "Moira"]
    transaction.savepoint_rollback(point)
    settings.STORAGE_KEYS_FILE = None
    assert {row[3][:1] for row in rows_of(open_helpline)["Vault"]} == {b"\1"}
