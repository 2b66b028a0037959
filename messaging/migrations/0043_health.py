from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0041_reports_sums_of_waits_and_demand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("condition", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("told_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("finds", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="pulse_only_one")],
            },
        ),
    ]
