"""Migrations run while the version before them serves: none takes away what it uses, refuses what it writes, or holds a big table."""

from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.house.migrations import faults

ROOMS = {"helpline", "messaging"}
EARLY = "before anybody ran the service: there was no row to wait for, and no version before it at work"
NAMED = {
    ("helpline", "0002_nobody_has_two_shifts_at_once"): EARLY,
    ("helpline", "0101_rota_patterns_offers_and_notices"): EARLY,
    ("helpline", "0131_life_audit_trail"): "the code makes a trigger on the table that the same migration makes",
    ("helpline", "0145_crisis_ways"): "the code fills the small table that the same migration makes",
    ("helpline", "0148_the_rota_tells_what_changed"): "the code makes triggers again that SQLite lost with the table; Postgres has none",
    ("helpline", "0158_patterns_of_several_weeks"): "the version before writes the default of the new column; the table is small",
    ("helpline", "0160_four_eyes"): "the code makes triggers again that SQLite lost; the rule of the small table is of its new columns",
    ("helpline", "0162_the_trail_is_a_chain"): "the code makes triggers on the table that the same migration makes",
    ("helpline", "0163_exchanges"): "the version before leaves the new column empty; the table is small",
    ("messaging", "0002_a_certificate_can_be_withdrawn"): EARLY,
    ("messaging", "0003_turns_instead_of_times"): EARLY,
    ("messaging", "0011_routing_capacity_shares_and_reminders"): EARLY,
    ("messaging", "0021_desk_day"): EARLY,
    ("messaging", "0065_protocol_version_2"): "it refuses any database that has a conversation: what it changes is empty",
    ("messaging", "0066_keys_for_tags"): "it refuses any database that has a key or a conversation: what it changes is empty",
    ("messaging", "0068_envelopes_have_tags"): "it refuses any database that has a conversation: what it changes is empty",
    ("messaging", "0069_vaults_at_rest"): "the code lets a small table have a second size beside the one that the version before writes",
    ("messaging", "0070_notes_are_carried"): "0068 left no conversation and no note: the indexes are built on empty tables",
    ("messaging", "0072_renewed_keys"): "the version before keeps one passphrase's vault for each counsellor, and the table is small",
    ("messaging", "0075_live_talks"): "the rule about sums lets one kind more; the table has some hundreds of small rows a year",
    ("messaging", "0051_disclosures"): "the code makes triggers on the tables that the same migration makes",
}


def judged() -> dict[tuple[str, str], list[str]]:
    """The faults of every migration of ours that has some."""
    loader = MigrationLoader(None)
    state, found, done = ProjectState(), {}, set()
    for leaf in loader.graph.leaf_nodes():
        for node in loader.graph.forwards_plan(leaf):
            if node in done:
                continue
            done.add(node)
            migration = loader.graph.nodes[node]
            unsafe = faults(migration, state)
            if unsafe and node[0] in ROOMS:
                found[node] = unsafe
    assert len(done) > 20
    return found


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], list[str]]:
    return judged()


def test_every_migration_lets_the_version_before_it_work(found: dict[tuple[str, str], list[str]]) -> None:
    assert {node: unsafe for node, unsafe in found.items() if node not in NAMED} == {}


def test_only_what_needs_a_reason_has_one(found: dict[tuple[str, str], list[str]]) -> None:
    assert set(NAMED) - set(found) == set()
    assert all(len(reason) > 20 for reason in NAMED.values())


def not_null(**more: Any) -> "models.Field[Any, Any]":
    return models.PositiveIntegerField(default=0, **more)


UNSAFE: list[tuple[operations.base.Operation, str]] = [
    (operations.RemoveField("conversation", "shown"), "still asks for"),
    (operations.RenameField("conversation", "shown", "displayed"), "still asks for"),
    (operations.DeleteModel("Session"), "still asks for"),
    (operations.RenameModel("Session", "Visit"), "still asks for"),
    (operations.AlterModelTable("Session", "visits"), "still asks for"),
    (operations.AddField("conversation", "new", not_null()), "db_default"),
    (operations.AddField("conversation", "new", not_null(db_default=0, db_index=True)), "concurrently"),
    (operations.AddField("deskmember", "new", models.CharField(null=True, max_length=9, unique=True)), "concurrently"),
    (operations.AddIndex("envelope", models.Index(fields=["received_on"], name="new")), "AddIndexConcurrently"),
    (operations.AddConstraint("deskmember", models.UniqueConstraint(fields=["cap"], name="new")), "AddConstraintNotValid"),
    (operations.AlterField("conversation", "due_at", models.DateTimeField()), "leave it empty"),
    (operations.AlterField("conversation", "reminded", models.PositiveSmallIntegerField(default=0)), "database's default"),
    (operations.AlterField("routingevent", "why", models.CharField(max_length=100)), "smaller"),
    (operations.AlterField("routingevent", "why", models.TextField()), "another kind"),
    (operations.AlterField("conversation", "received", not_null(unique=True)), "nobody can write"),
    (operations.RunSQL("DROP TABLE messaging_session"), "nobody can tell"),
    (operations.RunPython(operations.RunPython.noop), "nobody can tell"),
]
SAFE = [
    operations.AddField("conversation", "new", not_null(db_default=0)),
    operations.AddField("conversation", "new", models.DateTimeField(null=True)),
    operations.AddIndex("deskmember", models.Index(fields=["cap"], name="new")),
    AddIndexConcurrently("envelope", models.Index(fields=["received_on"], name="new")),
    operations.AlterField("routingevent", "why", models.CharField(max_length=300)),
    operations.RemoveIndex("conversation", "conversation_waiting"),
    operations.AlterModelOptions("session", {"ordering": ["pk"]}),
]


def judge(*done: operations.base.Operation) -> list[str]:
    """As if the newest migration did this."""
    new = type("New", (Migration,), {"operations": list(done)})
    return faults(new("9999_new", "messaging"), MigrationLoader(None).project_state())


@pytest.mark.parametrize(("operation", "says"), UNSAFE, ids=lambda value: value.describe() if hasattr(value, "describe") else "")
def test_what_would_stop_somebody_is_found(operation: operations.base.Operation, says: str) -> None:
    [fault] = judge(operation)
    assert says in fault


@pytest.mark.parametrize("operation", SAFE, ids=lambda operation: str(operation.describe()))
def test_what_stops_nobody_passes(operation: operations.base.Operation) -> None:
    assert judge(operation) == []


def test_what_cannot_be_done_again_is_alone_or_atomic() -> None:
    index = models.Index(fields=["received_on"], name="new")
    halves = [AddIndexConcurrently("envelope", index), operations.AddField("conversation", "new", models.DateTimeField(null=True))]
    half = type("Migration", (Migration,), {"operations": halves, "atomic": False})
    found = faults(half("9999_new", "messaging"), MigrationLoader(None).project_state())
    assert len(found) == 2
    assert all("cannot be done again" in fault for fault in found)


def test_what_is_done_to_a_table_of_the_same_migration_stops_nobody() -> None:
    made = operations.CreateModel("Session2", [("id", models.BigAutoField(primary_key=True))])
    assert judge(made, operations.AddField("session2", "new", not_null())) == []
