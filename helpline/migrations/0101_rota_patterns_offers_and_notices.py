"""Drafts, weekly patterns, offers, minimum cover, calendar addresses and notices.

New columns make SQLite remake the table of shifts, and a remade table has lost its triggers: so nobody's two shifts at once are ruled
out again at the end. Postgres keeps its exclusion constraint. Shifts that stand already are published.
"""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

remade = import_module("helpline.migrations.0002_nobody_has_two_shifts_at_once")


def guard_again(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        remade.backwards(apps, schema_editor)
        remade.forwards(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0003_pages_adverts_and_tallies"),
    ]

    operations = [
        # On the way back this one comes last.
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.AddField(
            model_name="shift",
            name="pattern_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="shift",
            name="state",
            field=models.CharField(choices=[("draft", "Draft"), ("published", "Published")], default="published", max_length=10),
        ),
        migrations.CreateModel(
            name="MinimumCover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(choices=[("phone", "Phone"), ("messages", "Messages")], max_length=10)),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ]
                    ),
                ),
                ("opens", models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(1439)])),
                (
                    "closes",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1440)]
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(99)])),
            ],
            options={
                "ordering": ["channel", "weekday", "opens"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="minimum_weekday"),
                    models.CheckConstraint(
                        condition=models.Q(("closes__lte", 1440), ("opens__lt", models.F("closes"))), name="minimum_forwards"
                    ),
                    models.CheckConstraint(condition=models.Q(("number__lte", 99)), name="minimum_number"),
                    models.UniqueConstraint(fields=("channel", "weekday", "opens"), name="minimum_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotaFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret_hash", models.BinaryField(max_length=32, unique=True)),
                ("reset_at", models.DateTimeField()),
                (
                    "counsellor",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="feed", to="helpline.counsellor"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RotaNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("changed", "Changed"),
                            ("swap-asked", "Swap Asked"),
                            ("swap-accepted", "Swap Accepted"),
                            ("swap-approved", "Swap Approved"),
                            ("swap-refused", "Swap Refused"),
                            ("cover-wanted", "Cover Wanted"),
                            ("cover-taken", "Cover Taken"),
                            ("absence", "Absence"),
                            ("gap", "Gap"),
                        ],
                        max_length=15,
                    ),
                ),
                ("key", models.CharField(help_text="What it tells of: the same is told to the same person once.", max_length=60)),
                ("channel", models.CharField(blank=True, choices=[("phone", "Phone"), ("messages", "Messages")], max_length=10)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rota_notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ShiftOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("swap", "Swap"), ("cover", "Cover wanted")], max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("accepted", "Accepted, waits for a lead"),
                            ("approved", "Approved"),
                            ("taken", "Taken"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers_accepted",
                        to="helpline.counsellor",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="offers_made", to="helpline.counsellor"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offers_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offered_to",
                    models.ForeignKey(
                        blank=True,
                        help_text="Nobody: it is offered to all.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers_got",
                        to="helpline.counsellor",
                    ),
                ),
                ("shift", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="helpline.shift")),
            ],
            options={
                "ordering": ["shift__starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WeeklyPattern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(choices=[("phone", "Phone"), ("messages", "Messages")], max_length=10)),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ]
                    ),
                ),
                ("starts", models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(1439)])),
                (
                    "ends",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1799)]
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "counsellor",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="patterns", to="helpline.counsellor"),
                ),
            ],
            options={
                "ordering": ["weekday", "starts", "channel", "pk"],
            },
        ),
        migrations.AddField(
            model_name="shift",
            name="pattern",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="shifts",
                to="helpline.weeklypattern",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["draft", "published"])), name="shift_state"),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.UniqueConstraint(fields=("pattern", "pattern_on"), name="shift_of_pattern_once"),
        ),
        migrations.AddIndex(
            model_name="rotanotice",
            index=models.Index(condition=models.Q(("sent_at__isnull", True)), fields=["next_try_at"], name="notice_waiting"),
        ),
        migrations.AddConstraint(
            model_name="rotanotice",
            constraint=models.UniqueConstraint(fields=("account", "key"), name="notice_once"),
        ),
        migrations.AddConstraint(
            model_name="shiftoffer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "accepted"])),
                fields=("shift",),
                name="offer_open_once",
                violation_error_message="This shift is offered already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_by__isnull", False), ("state__in", ["accepted", "approved", "taken"])),
                    models.Q(("accepted_by__isnull", True), ("state", "asked")),
                    ("state__in", ["refused", "withdrawn"]),
                    _connector="OR",
                ),
                name="offer_accepted_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offered_to__isnull", True), models.Q(("offered_to", models.F("asked_by")), _negated=True), _connector="OR"),
                    models.Q(
                        ("accepted_by__isnull", True), models.Q(("accepted_by", models.F("asked_by")), _negated=True), _connector="OR"
                    ),
                ),
                name="offer_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "swap"), ("state__in", ["asked", "accepted", "approved", "refused", "withdrawn"])),
                    models.Q(("kind", "cover"), ("offered_to__isnull", True), ("state__in", ["asked", "taken", "withdrawn"])),
                    _connector="OR",
                ),
                name="offer_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="weeklypattern",
            constraint=models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="pattern_weekday"),
        ),
        migrations.AddConstraint(
            model_name="weeklypattern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__lte", django.db.models.expressions.CombinedExpression(models.F("starts"), "+", models.Value(360))),
                    ("starts__lt", models.F("ends")),
                    ("starts__lt", 1440),
                ),
                name="pattern_length",
                violation_error_message="A shift must end after it starts, and within six hours.",
            ),
        ),
        migrations.AddConstraint(
            model_name="weeklypattern",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="pattern_dates",
                violation_error_message="The last day must not come before the first.",
            ),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
