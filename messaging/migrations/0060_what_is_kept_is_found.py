"""Built while others write."""

from importlib import import_module

from django.db import migrations, models

AddIndex = import_module("messaging.migrations.0055_what_has_had_its_time_is_found_by_an_index").AddIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("messaging", "0059_a_shift_has_a_grace"),
    ]

    operations = [
        AddIndex(
            "conversation",
            models.Index(condition=models.Q(("kept_until__isnull", False)), fields=["kept_until"], name="conversation_kept"),
        ),
    ]
