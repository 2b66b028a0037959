"""What a calendar address showed once and shows no more, for as long as programs must be told."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0148_the_rota_tells_what_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="CancelledEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(db_index=True)),
                ("sequence", models.PositiveIntegerField()),
                ("cancelled_at", models.DateTimeField()),
                (
                    "feed",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="cancelled", to="helpline.rotafeed"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("feed", "uid"), name="cancelled_once")],
            },
        ),
    ]
