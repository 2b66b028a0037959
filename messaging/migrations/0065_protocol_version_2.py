from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import messaging.models.fields


def refuse_version_1(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing of version 1 of the protocol can be read by version 2, so nothing of it may be left behind in silence."""
    if apps.get_model("messaging", "Inbox").objects.exists():
        raise CommandError(
            "This database holds conversations of version 1 of the messaging protocol, which this version cannot open. Nothing was changed. "
            "Keep the version before, answer and delete those conversations, then update."
        )


def check_the_new_size(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Django alters a column's type and leaves its check alone; SQLite makes the whole table again, checks included."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE messaging_opening DROP CONSTRAINT messaging_opening_opening_check, "
            "ADD CONSTRAINT messaging_opening_opening_check CHECK (length(opening) = 2518)"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0064_who_is_seen_at_the_desk"),
    ]

    operations = [
        migrations.RunPython(refuse_version_1, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="opening",
            options={"ordering": ["pk"]},
        ),
        migrations.RemoveConstraint(
            model_name="opening",
            name="opening_once",
        ),
        migrations.AlterField(
            model_name="opening",
            name="opening",
            field=messaging.models.fields.BytesField(size=2518),
        ),
        migrations.RunPython(check_the_new_size, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.UniqueConstraint(fields=("conversation", "opening_hash"), name="opening_once"),
        ),
    ]
