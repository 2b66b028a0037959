import django.db.models.deletion
from django.db import migrations, models

import messaging.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0070_notes_are_carried"),
    ]

    operations = [
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "epoch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="confirmation",
                        serialize=False,
                        to="messaging.epoch",
                    ),
                ),
                ("confirmation", messaging.models.fields.BytesField(null=True, size=113)),
                (
                    "certificate",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messaging.certificate"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("certificate", None), ("confirmation__isnull", False), _connector="OR"),
                        name="confirmation_is_signed",
                    ),
                    models.UniqueConstraint(fields=("confirmation",), name="confirmation_once"),
                ],
            },
        ),
    ]
