"""Changes that take two people, accounts that wait for a lead's ear, and values in the trail.

A new column makes SQLite remake the trail's table, and a remade table has lost its triggers: they are made again.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


trail = import_module("helpline.migrations.0131_life_audit_trail")


def guard_again(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        trail.backwards(apps, schema_editor)
        trail.forwards(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("helpline", "0159_open_shifts"),
    ]

    operations = [
        # On the way back this one comes last.
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.CreateModel(
            name="ProposedChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("vault", "delete a vault"),
                            ("vault-back", "bring back a deleted vault"),
                            ("invite", "invite a lead or an admin"),
                            ("invite-again", "reset someone’s sign-in and invite them again"),
                            ("account", "change someone’s role, address or account"),
                            ("leave", "record that someone has left"),
                            ("numbers", "change a phone number or an address of the site"),
                            ("crisis", "change the ways to help in a crisis"),
                            ("terms", "publish confidentiality terms"),
                            ("retention", "keep conversations for fewer days"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(max_length=300)),
                ("what", models.CharField(max_length=200)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for a second person"),
                            ("confirmed", "confirmed, and waits for its time"),
                            ("done", "done"),
                            ("stopped", "stopped"),
                            ("expired", "nobody confirmed it in time"),
                            ("failed", "could not be done"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("alone", models.BooleanField(default=False)),
                ("proposed_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="account",
            name="recovered_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="account",
            name="recovery_code",
            field=models.CharField(db_default="", default="", editable=False, max_length=8),
        ),
        migrations.AddField(
            model_name="account",
            name="recovery_tries",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="after",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="before",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AlterField(
            model_name="accountnotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("password", "Password"),
                    ("factor-added", "Factor Added"),
                    ("factor-removed", "Factor Removed"),
                    ("recovery-codes", "Recovery Codes"),
                    ("new-browser", "New Browser"),
                    ("locked", "Locked"),
                    ("invited-again", "Invited Again"),
                    ("changed", "Changed"),
                    ("blocked", "Blocked"),
                    ("acted", "Acted"),
                    ("vault", "Vault"),
                    ("proposed", "Proposed"),
                    ("made", "Made"),
                    ("stopped", "Stopped"),
                    ("hidden", "Hidden"),
                    ("heard", "Heard"),
                    ("unusual", "Unusual"),
                ],
                max_length=15,
            ),
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
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recovered_at", None), ("recovery_code", "")),
                    models.Q(("recovered_at__isnull", False), models.Q(("recovery_code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="account_recovered_with_a_code",
            ),
        ),
        migrations.AddField(
            model_name="proposedchange",
            name="account",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="proposedchange",
            name="confirmed_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="proposedchange",
            name="proposed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="proposedchange",
            name="stopped_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="proposedchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None), models.Q(("confirmed_by", models.F("proposed_by")), _negated=True), _connector="OR"
                ),
                name="change_takes_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gte", models.F("proposed_at")), ("expires_at__gt", models.F("due_at"))), name="change_forwards"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="change_confirmed_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "done", "failed"]), _negated=True),
                    ("confirmed_by__isnull", False),
                    models.Q(("alone", True), ("state__in", ["done", "failed"])),
                    _connector="OR",
                ),
                name="change_done_by_two_or_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state__in", ["waiting", "confirmed"])),
                    models.Q(("ended_at__isnull", False), ("state__in", ["done", "stopped", "expired", "failed"])),
                    _connector="OR",
                ),
                name="change_open_or_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedchange",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "stopped"), _negated=True), ("stopped_by__isnull", False), _connector="OR"),
                name="change_stopped_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "confirmed"])), fields=("kind", "subject"), name="change_one_open"
            ),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
