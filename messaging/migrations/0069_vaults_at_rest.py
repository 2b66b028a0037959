from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.apps.registry import Apps

import messaging.models.fields


def check_the_new_size(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Django leaves a column's check alone; SQLite makes the whole table again, checks included."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE messaging_vault DROP CONSTRAINT messaging_vault_record_check, "
            "ADD CONSTRAINT messaging_vault_record_check CHECK (length(record) IN (109, 228))"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0068_envelopes_have_tags"),
    ]

    operations = [
        migrations.AlterField(
            model_name="vault",
            name="record",
            field=messaging.models.fields.BytesField(or_size=228, size=109),
        ),
        migrations.RunPython(check_the_new_size, migrations.RunPython.noop),
    ]
