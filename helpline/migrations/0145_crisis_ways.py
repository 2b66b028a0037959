from typing import Any

import django.core.validators
from django.db import migrations, models

from helpline.signposts import CHECKED, KNOWN


def fill(apps: Any, schema_editor: Any) -> None:
    """The list that an installation begins with."""
    row = apps.get_model("helpline", "CrisisWay")
    row.objects.bulk_create(row(**way._asdict(), position=place, checked_on=CHECKED) for place, way in enumerate(KNOWN))


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0144_account_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="CrisisWay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "nation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Everywhere"),
                            ("scotland", "Scotland"),
                            ("england-and-wales", "England and Wales"),
                            ("northern-ireland", "Northern Ireland"),
                            ("none", "No public holidays"),
                        ],
                        help_text="Shown where the organisation has this nation; “Everywhere” always.",
                        max_length=20,
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("voice", "By voice"),
                            ("silent", "Without speaking: text, email, sign language, typing"),
                            ("report", "To report something"),
                        ],
                        max_length=6,
                    ),
                ),
                ("name", models.CharField(help_text="Who it is: Samaritans.", max_length=60)),
                ("contact", models.CharField(blank=True, help_text="As people read it: 116 123.", max_length=60)),
                (
                    "address",
                    models.CharField(
                        help_text="What a press on it does: tel:116123, sms:85258, mailto:…, https://….",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(tel:\\+?[0-9]{3,15}|sms:\\+?[0-9]{3,15}|mailto:[^\\s@<>\\\"']+@[^\\s@<>\\\"']+\\.[a-z]+|https://[a-z0-9.-]+\\.[a-z]+(/[^\\s<>\\\"']*)?)$",
                                "Enter tel: or sms: and a number, mailto: and an address, or an address that begins with https://.",
                            )
                        ],
                    ),
                ),
                (
                    "what_for",
                    models.CharField(
                        help_text="For whom, at which hours, what it costs. A sentence of the service’s own list is shown in every language.",
                        max_length=160,
                    ),
                ),
                (
                    "for_ending",
                    models.BooleanField(
                        default=False,
                        help_text="Also shown above the box where people write, before such a message is sent, and beside a closed phone: calls first.",
                        verbose_name="for whoever thinks about ending their life",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Small numbers come first.")),
                ("source", models.URLField(blank=True, help_text="Where it says so. For you alone.")),
                (
                    "checked_on",
                    models.DateField(blank=True, help_text="The day on which somebody last made sure. For you alone.", null=True),
                ),
            ],
            options={
                "verbose_name": "way to help in a crisis",
                "verbose_name_plural": "ways to help in a crisis",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
