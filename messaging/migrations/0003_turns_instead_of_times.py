"""Who was given a conversation the longest ago is kept as a count; the times, which told when a person had written, are wiped."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_the_order(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    members: Any = apps.get_model("messaging", "DeskMember").objects
    given = members.filter(last_assigned_at__isnull=False).order_by("last_assigned_at", "pk").values_list("pk", flat=True)
    for turn, pk in enumerate(list(given), start=1):
        members.filter(pk=pk).update(turn=turn)


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_a_certificate_can_be_withdrawn")]

    operations = [
        migrations.AddField("deskmember", "turn", models.PositiveBigIntegerField(default=0, editable=False)),
        migrations.RunPython(keep_the_order, migrations.RunPython.noop),
        migrations.RemoveField("deskmember", "last_assigned_at"),
    ]
