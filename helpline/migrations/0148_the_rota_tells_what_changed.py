"""What a moved shift was, in its notice; how often it moved, for calendar programs.

New columns make SQLite remake the table of shifts, and a remade table has lost its triggers: they are made again.
"""

from importlib import import_module

from django.db import migrations, models

guard_again = import_module("helpline.migrations.0101_rota_patterns_offers_and_notices").guard_again


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0147_who_comes_and_how_busy"),
    ]

    operations = [
        # On the way back this one comes last.
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.AddField(
            model_name="rotanotice",
            name="was_channel",
            field=models.CharField(
                blank=True, choices=[("phone", "Phone"), ("messages", "Messages")], db_default="", default="", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="rotanotice",
            name="was_ends_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="rotanotice",
            name="was_starts_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="shift",
            name="changed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="shift",
            name="sequence",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="rotanotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("published", "Published"),
                    ("changed", "Changed"),
                    ("shift-added", "Shift Added"),
                    ("shift-moved", "Shift Moved"),
                    ("shift-lost", "Shift Lost"),
                    ("swap-asked", "Swap Asked"),
                    ("swap-accepted", "Swap Accepted"),
                    ("swap-unaccepted", "Swap Unaccepted"),
                    ("swap-approved", "Swap Approved"),
                    ("swap-refused", "Swap Refused"),
                    ("cover-wanted", "Cover Wanted"),
                    ("cover-taken", "Cover Taken"),
                    ("cover-ended", "Cover Ended"),
                    ("absence", "Absence"),
                    ("gap", "Gap"),
                ],
                max_length=15,
            ),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
