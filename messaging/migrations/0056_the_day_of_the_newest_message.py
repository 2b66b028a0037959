"""What may have had its time is found by one index, over the day of the newest message; the two of before it are not asked any more."""

import datetime
from importlib import import_module

from django.db import migrations, models

AddIndex = import_module("messaging.migrations.0055_what_has_had_its_time_is_found_by_an_index").AddIndex
LONG_AGO = datetime.date(1970, 1, 1)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("messaging", "0055_what_has_had_its_time_is_found_by_an_index"),
    ]

    operations = [
        migrations.AddField("conversation", "newest_on", models.DateField(db_default=LONG_AGO, default=LONG_AGO)),
        AddIndex("conversation", models.Index(fields=["keep_days", "newest_on"], name="conversation_newest")),
        migrations.RemoveIndex("conversation", "conversation_own_time"),
        migrations.RemoveIndex("inbox", "inbox_made_on"),
    ]
