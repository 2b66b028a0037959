"""The first tables: organisation, hours, people, rota, campaign."""

import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import helpline.models.organisation
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfidentialityTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(unique=True)),
                ("text", models.TextField(help_text="Paragraphs, separated by an empty line.")),
                ("published_on", models.DateField()),
            ],
            options={
                "verbose_name_plural": "confidentiality terms",
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="HolidayChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField(unique=True)),
                ("name", models.CharField(max_length=80)),
                ("observed", models.BooleanField(default=True, help_text="Unticked: not a holiday here, whatever the library says.")),
            ],
            options={
                "ordering": ["date"],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=80)),
                (
                    "role",
                    models.CharField(
                        choices=[("counsellor", "Counsellor"), ("lead", "Lead"), ("admin", "Admin")], default="counsellor", max_length=10
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("message", models.TextField()),
            ],
            options={
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                        name="campaign_forwards",
                        violation_error_message="The last day must not come before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(blank=True, choices=[("phone", "Phone"), ("messages", "Messages")], max_length=10)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=120)),
            ],
            options={
                "ordering": ["starts_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="closure_forwards",
                        violation_error_message="The end must come after the start.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Counsellor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("display_name", models.CharField(help_text="What people who write see: a first name.", max_length=40, unique=True)),
                ("active", models.BooleanField(default=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counsellor", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["display_name"],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "counsellor",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="absences", to="helpline.counsellor"),
                ),
            ],
            options={
                "ordering": ["starts_at"],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("statement", models.CharField(max_length=300)),
                ("source", models.CharField(max_length=200)),
                ("dated", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "campaign",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="helpline.campaign"),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitation", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpeningInterval",
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
            ],
            options={
                "ordering": ["channel", "weekday", "opens"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="interval_weekday"),
                    models.CheckConstraint(
                        condition=models.Q(("closes__lte", 1440), ("opens__lt", models.F("closes"))),
                        name="interval_forwards",
                        violation_error_message="Closing must come after opening, and at 24:00 at the latest.",
                    ),
                    models.UniqueConstraint(
                        fields=("channel", "weekday", "opens"),
                        name="interval_once",
                        violation_error_message="There are hours that begin at this time on this day already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("phone", models.CharField(help_text="The free helpline, as people read it: 0808 1000 900.", max_length=20)),
                (
                    "concern_phone",
                    models.CharField(
                        blank=True, help_text="For somebody who suspects that a person they know looks at indecent images.", max_length=20
                    ),
                ),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("scotland", "Scotland"),
                            ("england-and-wales", "England and Wales"),
                            ("northern-ireland", "Northern Ireland"),
                            ("none", "No public holidays"),
                        ],
                        default="none",
                        max_length=20,
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(default="Europe/London", max_length=40, validators=[helpline.models.organisation.known_zone]),
                ),
                (
                    "promise_minutes",
                    models.PositiveIntegerField(
                        default=480,
                        help_text="Working minutes, counted in the opening hours of messages, within which a message is answered.",
                        validators=[django.core.validators.MinValueValidator(15), django.core.validators.MaxValueValidator(10080)],
                    ),
                ),
                (
                    "brand_colour",
                    models.CharField(
                        default="#1d3f72",
                        max_length=7,
                        validators=[django.core.validators.RegexValidator("^#[0-9a-f]{6}$", "Enter a colour such as #1d3f72.")],
                    ),
                ),
                ("demonstration", models.BooleanField(default=False, help_text="Every page says that nobody is reading.")),
            ],
            options={
                "verbose_name_plural": "organisation",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="organisation_only_one")],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(choices=[("phone", "Phone"), ("messages", "Messages")], max_length=10)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "counsellor",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="shifts", to="helpline.counsellor"),
                ),
            ],
            options={
                "ordering": ["starts_at"],
            },
        ),
        migrations.CreateModel(
            name="SpecialDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(choices=[("phone", "Phone"), ("messages", "Messages")], max_length=10)),
                ("date", models.DateField()),
                ("name", models.CharField(help_text="Shown to people as the reason.", max_length=80)),
                (
                    "opens",
                    models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1439)]),
                ),
                (
                    "closes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1440)],
                    ),
                ),
            ],
            options={
                "ordering": ["date", "channel", "opens"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes__isnull", True), ("opens__isnull", True)),
                            models.Q(
                                ("closes__isnull", False),
                                ("closes__lte", 1440),
                                ("opens__isnull", False),
                                ("opens__lt", models.F("closes")),
                            ),
                            _connector="OR",
                        ),
                        name="special_day_forwards",
                        violation_error_message="Give both opening and closing, closing after opening; or neither, for a day that is closed.",
                    ),
                    models.UniqueConstraint(
                        fields=("channel", "date", "opens"),
                        name="special_day_once",
                        violation_error_message="There are hours that begin at this time on this date already.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="account_email_once"),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(fields=["ends_at", "starts_at"], name="absence_current"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                name="absence_forwards",
                violation_error_message="The end must come after the start.",
            ),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(fields=["ends_at", "starts_at"], name="shift_current"),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ends_at__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("starts_at"), "+", models.Value(datetime.timedelta(seconds=21600))
                        ),
                    ),
                    ("starts_at__lt", models.F("ends_at")),
                ),
                name="shift_length",
                violation_error_message="A shift must end after it starts, and within six hours.",
            ),
        ),
    ]
