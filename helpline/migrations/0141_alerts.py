from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0133_life_retention"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="alerts",
            field=models.BooleanField(default=False, db_default=False, editable=False),
        ),
    ]
