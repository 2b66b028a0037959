import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0146_a_flag_is_opened"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="busy_minutes",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="organisation",
            name="busy_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="seen_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=10,
                default=10,
                help_text="Whoever is on duty for messages must open the desk within so many minutes of the shift's start. Until they do, the lead is told, others are given the conversations, and the site does not count them.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(360)],
                verbose_name="minutes to come to the desk",
            ),
        ),
    ]
