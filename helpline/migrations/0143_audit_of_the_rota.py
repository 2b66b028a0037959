from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0141_alerts"),
    ]

    operations = [
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
                ],
                max_length=12,
            ),
        ),
    ]
