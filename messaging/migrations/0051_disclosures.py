"""Disclosures, and their events, which the database itself refuses to change (as helpline's 0131 does for the audit trail)."""

import django.db.models.deletion
import messaging.models.fields
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


# What two people read is never another one, whoever writes to the table; what is over stays over; who decided stays who decided.
ONCE = ("conversation_id", "proposed_by_id", "proposed_account_id", "reason", "recipient", "telling", "places", "epoch_id", "note_hash")
KEPT = ("decided_by_id", "decided_account_id", "approved_hash", "carried_by_id")
CHANGED = " OR ".join(
    [
        *(f"NEW.{column} <> OLD.{column}" for column in ONCE),
        *(f"(OLD.{column} IS NOT NULL AND (NEW.{column} IS NULL OR NEW.{column} <> OLD.{column}))" for column in KEPT),
        # A sealed text may go, and is never another one.
        "(NEW.note IS NOT NULL AND (OLD.note IS NULL OR NEW.note <> OLD.note))",
        "(OLD.decision IS NOT NULL AND NEW.decision IS NOT NULL AND NEW.decision <> OLD.decision)",
        "(OLD.state IN ('refused', 'withdrawn', 'disclosed', 'expired') AND NEW.state <> OLD.state)",
        "(OLD.state = 'approved' AND NEW.state IN ('proposed', 'refused'))",
        "(OLD.state = 'proposed' AND NEW.state = 'disclosed')",
    ]
)

FORWARDS = {
    "postgresql": [
        """
        CREATE FUNCTION messaging_disclosure_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the steps of disclosures are only added to' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        """
        CREATE TRIGGER disclosure_kept BEFORE UPDATE OR DELETE ON messaging_disclosureevent
        FOR EACH ROW EXECUTE FUNCTION messaging_disclosure_kept()
        """,
        f"""
        CREATE FUNCTION messaging_disclosure_same() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF {CHANGED}
            THEN RAISE EXCEPTION 'a disclosure is written once' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN NEW;
        END $$
        """,
        """
        CREATE TRIGGER disclosure_same BEFORE UPDATE ON messaging_disclosure
        FOR EACH ROW EXECUTE FUNCTION messaging_disclosure_same()
        """,
    ],
    "sqlite": [
        *(
            f"""
            CREATE TRIGGER disclosure_kept_{what.lower()} BEFORE {what} ON messaging_disclosureevent
            BEGIN SELECT RAISE(ABORT, 'the steps of disclosures are only added to'); END
            """
            for what in ("UPDATE", "DELETE")
        ),
        f"""
        CREATE TRIGGER disclosure_same BEFORE UPDATE ON messaging_disclosure WHEN {CHANGED}
        BEGIN SELECT RAISE(ABORT, 'a disclosure is written once'); END
        """,
    ],
}
BACKWARDS = {
    "postgresql": [
        "DROP TRIGGER disclosure_kept ON messaging_disclosureevent",
        "DROP FUNCTION messaging_disclosure_kept()",
        "DROP TRIGGER disclosure_same ON messaging_disclosure",
        "DROP FUNCTION messaging_disclosure_same()",
    ],
    "sqlite": [f"DROP TRIGGER IF EXISTS disclosure_{name}" for name in ("kept_update", "kept_delete", "same")],
}


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0043_health"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", messaging.models.fields.BytesField(size=16, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Agreed to"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("disclosed", "Carried out"),
                            ("expired", "Expired"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("harm-child", "It says who somebody is, and a young person is at risk of serious harm"),
                            ("harm-self", "It says who somebody is, and the person who wrote is at risk of serious harm"),
                            ("harm-other", "It says who somebody is, and somebody else is at risk of serious harm"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        choices=[("police", "The police"), ("social-work", "Social services"), ("emergency", "The emergency services")],
                        max_length=12,
                    ),
                ),
                (
                    "telling",
                    models.CharField(
                        choices=[("told", "The person is told first"), ("risk", "Telling the person would raise the risk")], max_length=4
                    ),
                ),
                ("places", models.CharField(max_length=700)),
                ("note", messaging.models.fields.BytesField(null=True, size=9527)),
                ("note_hash", messaging.models.fields.BytesField(size=32)),
                ("decision", messaging.models.fields.BytesField(null=True, size=9527)),
                ("approved_hash", messaging.models.fields.BytesField(null=True, size=32)),
                ("sent_before", models.PositiveIntegerField(null=True)),
                ("proposed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "carried_by",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messaging.deskmember"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="disclosures", to="messaging.conversation"
                    ),
                ),
                (
                    "decided_account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messaging.deskmember"
                    ),
                ),
                (
                    "epoch",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messaging.epoch"),
                ),
                (
                    "proposed_account",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messaging.deskmember"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["conversation"], name="disclosure_conversation"),
                    models.Index(
                        condition=models.Q(("state__in", ("proposed", "approved"))), fields=["expires_at"], name="disclosure_open"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("proposed", "approved"))), fields=("conversation",), name="disclosure_one_open"
                    ),
                    models.UniqueConstraint(fields=("note_hash",), name="disclosure_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True), models.Q(("decided_by", models.F("proposed_by")), _negated=True), _connector="OR"
                        ),
                        name="disclosure_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_account__isnull", True),
                            models.Q(("decided_account", models.F("proposed_account")), _negated=True),
                            _connector="OR",
                        ),
                        name="disclosure_two_accounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_account__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_account__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="disclosure_member_and_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "disclosed", "refused"]), _negated=True),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="disclosure_somebody_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("carried_by__isnull", False),
                                ("state", "disclosed"),
                                models.Q(("carried_by", models.F("proposed_by")), ("carried_by", models.F("decided_by")), _connector="OR"),
                            ),
                            models.Q(models.Q(("state", "disclosed"), _negated=True), ("carried_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="disclosure_by_one_of_the_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("approved", "disclosed")), _negated=True),
                            models.Q(
                                ("approved_hash", models.F("note_hash")), ("approved_hash__isnull", False), ("sent_before__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="disclosure_as_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note__isnull", False), ("state__in", ("proposed", "approved", "refused", "disclosed"))),
                            models.Q(
                                models.Q(("state__in", ("proposed", "approved", "refused", "disclosed")), _negated=True),
                                ("note__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="disclosure_text_while_needed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__isnull", False), ("state__in", ("approved", "disclosed", "refused"))),
                            models.Q(
                                models.Q(("state__in", ("approved", "disclosed", "refused")), _negated=True), ("decision__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="disclosure_decision_while_needed",
                    ),
                    models.CheckConstraint(condition=models.Q(("expires_at__gt", models.F("proposed_at"))), name="disclosure_forwards"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisclosureEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("procedure", messaging.models.fields.BytesField(size=16)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Agreed to"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("disclosed", "Carried out"),
                            ("expired", "Expired"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("harm-child", "It says who somebody is, and a young person is at risk of serious harm"),
                            ("harm-self", "It says who somebody is, and the person who wrote is at risk of serious harm"),
                            ("harm-other", "It says who somebody is, and somebody else is at risk of serious harm"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        choices=[("police", "The police"), ("social-work", "Social services"), ("emergency", "The emergency services")],
                        max_length=12,
                    ),
                ),
                (
                    "telling",
                    models.CharField(
                        choices=[("told", "The person is told first"), ("risk", "Telling the person would raise the risk")], max_length=4
                    ),
                ),
                ("places", models.CharField(max_length=700)),
                ("note_hash", messaging.models.fields.BytesField(size=32)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messaging.deskmember"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [models.UniqueConstraint(fields=("procedure", "step"), name="disclosure_step_once")],
            },
        ),
        migrations.AlterField(
            model_name="desknotice",
            name="kind",
            field=models.CharField(choices=[("half", "Half"), ("overdue", "Overdue"), ("decide", "Decide")], max_length=10),
        ),
        migrations.RunPython(forwards, backwards),
    ]
