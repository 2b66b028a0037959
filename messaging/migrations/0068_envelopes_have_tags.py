from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import messaging.models.fields


def refuse_envelopes_without_tags(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """An envelope of before has no place for tags, and its bytes are no longer read: nothing of it is left in silence."""
    if apps.get_model("messaging", "Envelope").objects.exists():
        raise CommandError(
            "This database holds conversations of the messaging protocol from before messages had tags, which this version cannot read. "
            "Nothing was changed. Keep the version before, answer and delete those conversations, then update."
        )


def check_the_new_size(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Django alters a column's type and leaves its check alone; SQLite makes the whole table again, checks included."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE messaging_envelope DROP CONSTRAINT messaging_envelope_envelope_check, "
            "ADD CONSTRAINT messaging_envelope_envelope_check CHECK (length(envelope) = 9419)"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0067_recovery_sheets"),
    ]

    operations = [
        migrations.RunPython(refuse_envelopes_without_tags, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="envelope",
            name="envelope",
            field=messaging.models.fields.BytesField(size=9419),
        ),
        migrations.RunPython(check_the_new_size, migrations.RunPython.noop),
    ]
