"""An installation that kept the time of each counsellor's last assignment keeps their order, and the times are gone."""

from collections.abc import Generator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.world.desk import NOON

BEFORE = ("messaging", "0002_a_certificate_can_be_withdrawn")
AFTER = ("messaging", "0003_turns_instead_of_times")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def migrations() -> Generator[MigrationExecutor]:
    """The database as it was before; as it is now when the test is over."""
    executor = MigrationExecutor(connection)
    newest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "messaging"]
    executor.migrate([BEFORE])
    yield executor
    executor.loader.build_graph()
    executor.migrate(newest)


@pytest.mark.night("one old migration; by day an older database comes up to date")
def test_the_order_stays(migrations: MigrationExecutor) -> None:
    old = migrations.loader.project_state([BEFORE]).apps
    times = {"Moira": NOON, "Callum": NOON - timedelta(days=3), "Bridie": None, "Ann": NOON - timedelta(hours=1)}
    for number, (name, at) in enumerate(times.items()):
        account = old.get_model("helpline", "Account").objects.create(email=f"{name.lower()}@example.org", name=name)
        counsellor = old.get_model("helpline", "Counsellor").objects.create(account=account, display_name=name)
        member = old.get_model("messaging", "DeskMember")
        member.objects.create(counsellor=counsellor, public_id=bytes([number]) * 16, last_assigned_at=at)
    migrations.loader.build_graph()
    migrations.migrate([AFTER])
    new = migrations.loader.project_state([AFTER]).apps.get_model("messaging", "DeskMember")
    turns = dict(new.objects.values_list("counsellor__display_name", "turn"))
    assert turns == {"Bridie": 0, "Callum": 1, "Ann": 2, "Moira": 3}
    new.objects.all().delete()
