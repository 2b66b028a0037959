"""The trail is a chain: each entry has a link, which the database refuses to change or delete, as it does the entry.

On Postgres neither table can be emptied at once either: who empties the entries has to empty their links with them.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FORWARDS = {
    "postgresql": [
        """
        CREATE TRIGGER audit_link_kept BEFORE UPDATE OR DELETE ON helpline_auditlink
        FOR EACH ROW EXECUTE FUNCTION helpline_audit_kept()
        """,
        """
        CREATE TRIGGER audit_link_not_emptied BEFORE TRUNCATE ON helpline_auditlink
        FOR EACH STATEMENT EXECUTE FUNCTION helpline_audit_kept()
        """,
    ],
    "sqlite": [
        f"""
        CREATE TRIGGER audit_link_kept_{what.lower()} BEFORE {what} ON helpline_auditlink
        BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END
        """
        for what in ("UPDATE", "DELETE")
    ],
}
BACKWARDS = {
    "postgresql": ["DROP TRIGGER audit_link_kept ON helpline_auditlink", "DROP TRIGGER audit_link_not_emptied ON helpline_auditlink"],
    "sqlite": ["DROP TRIGGER IF EXISTS audit_link_kept_update", "DROP TRIGGER IF EXISTS audit_link_kept_delete"],
}


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0161_availability_and_a_plan"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrailHead",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-day"],
            },
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="action",
            field=models.CharField(
                choices=[
                    ("added", "Added"),
                    ("changed", "Changed"),
                    ("deleted", "Deleted"),
                    ("published", "Published"),
                    ("invited", "Invited"),
                    ("signed-out", "signed out everywhere"),
                    ("left", "recorded as having left"),
                    ("withdrawn", "Withdrawn"),
                    ("opened", "Opened"),
                    ("ended", "Ended"),
                    ("asked", "asked for"),
                    ("accepted", "Accepted"),
                    ("approved", "Approved"),
                    ("refused", "Refused"),
                    ("taken", "Taken"),
                    ("signed-in", "signed in"),
                    ("locked", "locked after wrong tries"),
                    ("closed", "Closed"),
                    ("given-back", "given back"),
                    ("snoozed", "Snoozed"),
                    ("woken", "taken back from a snooze"),
                    ("flagged", "raised to the lead"),
                    ("flag-opened", "opened a flag"),
                    ("flag-down", "flag taken down"),
                    ("taken-over", "taken over"),
                    ("handed-over", "handed over"),
                    ("proposed", "Proposed"),
                    ("confirmed", "Confirmed"),
                    ("stopped", "Stopped"),
                    ("done", "Done"),
                    ("expired", "expired, confirmed by nobody"),
                    ("failed", "could not be done"),
                    ("voice", "confirmed by voice"),
                    ("unusual", "more often than usual"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="link", to="helpline.auditentry")),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="audit_link_counts_from_one")],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
