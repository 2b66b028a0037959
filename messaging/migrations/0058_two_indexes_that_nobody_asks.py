"""What they were for is found by the day of the newest message."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0057_an_index_over_it"),
    ]

    operations = [
        migrations.RemoveIndex("conversation", "conversation_own_time"),
        migrations.RemoveIndex("inbox", "inbox_made_on"),
    ]
