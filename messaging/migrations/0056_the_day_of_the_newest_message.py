"""What may have had its time is found by the day of the newest message; until somebody looks, that is long ago."""

import datetime

from django.db import migrations, models

LONG_AGO = datetime.date(1970, 1, 1)


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0055_what_has_had_its_time_is_found_by_an_index"),
    ]

    operations = [
        migrations.AddField("conversation", "newest_on", models.DateField(db_default=LONG_AGO, default=LONG_AGO)),
    ]
