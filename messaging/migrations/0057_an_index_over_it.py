"""Built while others write."""

from importlib import import_module

from django.db import migrations, models

AddIndex = import_module("messaging.migrations.0055_what_has_had_its_time_is_found_by_an_index").AddIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("messaging", "0056_the_day_of_the_newest_message"),
    ]

    operations = [
        AddIndex("conversation", models.Index(fields=["keep_days", "newest_on"], name="conversation_newest")),
    ]
