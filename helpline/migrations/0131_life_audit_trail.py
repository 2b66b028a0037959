"""The audit trail, which the database itself refuses to change: rows are added, and neither changed nor deleted.

Whoever owns the database can still take the trigger away, or empty the whole table: against them it helps to keep copies elsewhere.
Django remakes an SQLite table for some changes of a model, and a remade table has lost its triggers: a later migration that alters
`AuditEntry` must run `forwards` again (tests/helpline/audit/test_nobody_changes_the_trail.py fails if it does not).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FORWARDS = {
    "postgresql": [
        """
        CREATE FUNCTION helpline_audit_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit trail is only added to' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        """
        CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON helpline_auditentry
        FOR EACH ROW EXECUTE FUNCTION helpline_audit_kept()
        """,
    ],
    "sqlite": [
        f"""
        CREATE TRIGGER audit_kept_{what.lower()} BEFORE {what} ON helpline_auditentry
        BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END
        """
        for what in ("UPDATE", "DELETE")
    ],
}
BACKWARDS = {
    "postgresql": ["DROP TRIGGER audit_kept ON helpline_auditentry", "DROP FUNCTION helpline_audit_kept()"],
    "sqlite": ["DROP TRIGGER IF EXISTS audit_kept_update", "DROP TRIGGER IF EXISTS audit_kept_delete"],
}


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0101_rota_patterns_offers_and_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("people", "People and roles"),
                            ("hours", "Hours and closures"),
                            ("campaign", "Campaigns and adverts"),
                            ("pages", "Pages and terms"),
                            ("helpline", "The helpline itself, retention"),
                            ("rota", "Rota"),
                            ("keys", "Keys"),
                            ("blocks", "Blocks"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "action",
                    models.CharField(
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
                        ],
                        max_length=12,
                    ),
                ),
                ("what", models.CharField(max_length=60)),
                ("row", models.CharField(blank=True, max_length=40)),
                ("fields", models.CharField(blank=True, max_length=600)),
                (
                    "about",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "audit entries",
                "ordering": ["-pk"],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
