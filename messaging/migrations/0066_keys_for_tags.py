from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import messaging.models.fields


def refuse_keys_without_a_tag(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A request, certificate or inbox of before has no key for tags, and its bytes are no longer read: nothing of it is left in silence."""
    if any(apps.get_model("messaging", name).objects.exists() for name in ("CertificateRequest", "Certificate", "Inbox")):
        raise CommandError(
            "This database holds keys or conversations of the messaging protocol from before messages had tags, which this version cannot "
            "read. Nothing was changed. Keep the version before, answer and delete those conversations, then begin with an empty database."
        )


def check_the_new_size(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Django alters a column's type and leaves its check alone; SQLite makes the whole table again, checks included."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE messaging_certificaterequest DROP CONSTRAINT messaging_certificaterequest_request_check, "
            "ADD CONSTRAINT messaging_certificaterequest_request_check CHECK (length(request) = 1361)"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0065_protocol_version_2"),
    ]

    operations = [
        migrations.RunPython(refuse_keys_without_a_tag, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="certificaterequest",
            name="request",
            field=messaging.models.fields.BytesField(size=1361),
        ),
        migrations.AlterField(
            model_name="certificate",
            name="certificate",
            field=messaging.models.fields.BytesField(max_length=1435),
        ),
        migrations.RunPython(check_the_new_size, migrations.RunPython.noop),
        migrations.AddField(
            model_name="inbox",
            name="tag_public",
            field=messaging.models.fields.BytesField(size=32),
            preserve_default=False,
        ),
    ]
