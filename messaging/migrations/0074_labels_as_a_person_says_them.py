"""Names of fields, choices and hints on the admin's pages. The database is not asked for anything."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0073_drafts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="deskmember",
            name="cap",
            field=models.PositiveSmallIntegerField(
                default=3,
                help_text="Routing gives this counsellor no more open conversations than this.",
                verbose_name="open conversations at once",
            ),
        ),
        migrations.AlterField(
            model_name="deskmember",
            name="most_flagged",
            field=models.PositiveSmallIntegerField(
                db_default=3,
                default=3,
                help_text="Routing gives this counsellor no more flagged conversations in a shift than this.",
                verbose_name="flagged conversations in one shift",
            ),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="reason",
            field=models.CharField(
                choices=[
                    ("harm-child", "It says who someone is, and a young person is at risk of serious harm"),
                    ("harm-self", "It says who someone is, and the person who wrote is at risk of serious harm"),
                    ("harm-other", "It says who someone is, and someone else is at risk of serious harm"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="disclosureevent",
            name="reason",
            field=models.CharField(
                choices=[
                    ("harm-child", "It says who someone is, and a young person is at risk of serious harm"),
                    ("harm-self", "It says who someone is, and the person who wrote is at risk of serious harm"),
                    ("harm-other", "It says who someone is, and someone else is at risk of serious harm"),
                ],
                max_length=10,
            ),
        ),
    ]
