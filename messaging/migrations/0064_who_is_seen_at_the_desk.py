from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0063_the_newest_backup"),
    ]

    operations = [
        migrations.AddField(
            model_name="deskmember",
            name="missed_in",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="deskmember",
            name="seen_in",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="desknotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("half", "Half"),
                    ("overdue", "Overdue"),
                    ("decide", "Decide"),
                    ("flag", "Flag"),
                    ("unopened", "Unopened"),
                    ("unseen", "Unseen"),
                ],
                max_length=10,
            ),
        ),
    ]
